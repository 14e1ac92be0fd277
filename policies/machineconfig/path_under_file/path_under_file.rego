# METADATA
# title: A path leads through a file
# description: >-
#   The config writes a file and, under the same path as a folder, something else. The
#   folder cannot be made, the Machine Config Daemon fails on the node, and it goes on
#   failing after the MachineConfig is gone, because the file stays.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Rename one of the two.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://github.com/openshift/machine-config-operator/issues/1443
package rollgate.machineconfig.path_under_file

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "path_under_file"
	finding := result.fail(problem.at, problem.text)
}
