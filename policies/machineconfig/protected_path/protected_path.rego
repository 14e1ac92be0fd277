# METADATA
# title: A path that the site protects is written
# description: >-
#   A MachineConfig writes a file, a directory or a link at a path that the site keeps to itself,
#   such as the configuration of its monitoring agent. By default no path is protected beyond those
#   that every cluster needs, which other rules know.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Remove the file, or ask the owners of the path; they protect it by the parameter
#     `protected_paths`.
#   since: 0.1.0
#   tags: [availability]
#   parameters:
#     protected_paths:
#       description: Files as `/etc/site.conf`, or folders with all below them as `/etc/site`
#       type: array
#       items: {type: string, pattern: "^/"}
#       default: []
package rollgate.machineconfig.protected_path

import data.rollgate.lib.ignition
import data.rollgate.lib.result

deny contains finding if {
	some path in data.parameters.protected_paths
	some item in ignition.written(input.machine_config.ignition)
	startswith(concat("", [item.path, "/"]), concat("", [trim_right(path, "/"), "/"]))
	finding := result.fail(item.at, sprintf("%s `%s` is written, where the site protects `%s`", [item.kind, item.path, path]))
}
