# METADATA
# title: A content is fetched from elsewhere
# description: >-
#   A file takes its content from a remote source. Ignition fetches it at the first boot of a new
#   node, but the Machine Config Daemon only knows `data:` URLs: on running nodes the update
#   fails, and the node stays degraded. Until then nobody has seen what the file holds.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Embed the content as a `data:` URL; move what is too large into the OS image.
#   since: 0.1.0
#   tags: [ignition, day-2]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.machineconfig.remote_source

import data.rollgate.lib.result

deny contains finding if {
	some file in input.machine_config.ignition.files
	finding := _finding(file, file.contents)
}

deny contains finding if {
	some file in input.machine_config.ignition.files
	some contents in file.append
	finding := _finding(file, contents)
}

_finding(file, contents) := result.fail(contents.at, message) if {
	_not_embedded(contents)
	message := sprintf("file `%s` has %s; the Machine Config Daemon only writes `data` URLs", [
		file.path,
		_source(contents.scheme),
	])
}

# `machineconfig.invalid-source` judges the schemes that Ignition does not know either.
_not_embedded(contents) if contents.scheme in {"arn", "gs", "http", "https", "s3", "tftp"}

# What is no URL at all has no scheme either.
_not_embedded(contents) if {
	contents.scheme == ""
	not contents.url
}

_source("") := "an empty source"

_source(scheme) := sprintf("a source of scheme `%s`", [scheme]) if scheme != ""
