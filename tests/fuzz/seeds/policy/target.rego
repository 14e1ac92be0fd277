# METADATA
# title: A file is missing
# description: Every node needs it.
# custom:
#   subject: machine_config
#   severity: low
#   remediation: Add the file.
#   since: 0.1.0
#   needs: [target.release]
#   parameters:
#     paths: {type: array, items: {type: string}, default: [/etc/a]}
package custom.acme.missing

import data.rollgate.lib.result

deny contains finding if {
	some path in data.parameters.paths
	not _written(path)
	input.target.release in {"4.20", "4.21"}
	finding := result.fail(input.machine_config.at, sprintf("file `%s` is missing", [path]))
}

_written(path) if input.machine_config.ignition.files[path]
