# METADATA
# title: A file that no package owns runs with the rights of another
# description: >-
#   A file with setuid, setgid or capabilities was added and comes from no package: whoever runs it
#   gets rights that nobody has reviewed, and no update repairs its faults.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Leave it out, take the bits away (`chmod u-s,g-s`, `setcap -r`), or package it.
#   since: 0.1.0
#   tags: [access, hardening]
package rollgate.image.unowned_privileged_file

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in _privileged
	finding := result.fail(file.at, sprintf("`%s` has special rights and is of no package", [file.path]))
}

# setuid and setgid
_privileged contains file if some file in image.files(object.union(_filter, {"mode_any": 3072}))

_privileged contains file if some file in image.files(object.union(_filter, {"capabilities": true}))

_filter := {"kinds": ["file"], "layers": "derived", "owned": false}
