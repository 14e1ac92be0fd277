# METADATA
# title: A program that runs with the rights of another was added
# description: >-
#   A package brings a file with setuid, setgid or capabilities that the base did not have so. Each
#   such program is a way from an account, or out of a container that sees the file, to root.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Check that nodes need it; otherwise leave the package out, or take the bits away in the step
#     that installs it.
#   since: 0.1.0
#   tags: [access, hardening]
package rollgate.image.privileged_file_added

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	# Without it, nothing tells what was added.
	input.image.base
	some file in _privileged
	not _was_privileged(file.path)
	finding := result.fail(file.at, sprintf("`%s` of package `%s` has special rights", [file.path, concat("`, `", file.packages)]))
}

_privileged contains file if some file in image.files(object.union(_filter, {"mode_any": _special}))

_privileged contains file if some file in image.files(object.union(_filter, {"capabilities": true}))

_filter := {"kinds": ["file"], "layers": "derived", "owned": true}

# An update of its package replaces what the base has.
_was_privileged(path) if {
	some file in image.files({"paths": [path], "removed": true, "layers": "base"})
	_is_privileged(file)
}

_is_privileged(file) if bits.and(file.mode, _special) != 0

_is_privileged(file) if file.capabilities

# setuid and setgid
_special := 3072
