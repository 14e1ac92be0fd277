# METADATA
# title: Text is appended to a file of a running node
# description: >-
#   `append` adds to a file that is on the node already. Ignition can do that once, when a node is
#   installed. The Machine Config Operator cannot tell on a running node what was appended before,
#   refuses the config, and the pool stops.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Write the whole file with `contents`, or use a drop-in folder of the program that reads it.
#   since: 0.1.0
#   needs: [target.day]
#   tags: [ignition, day-2]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfigDaemon.md
package rollgate.machineconfig.appended_file

import data.rollgate.lib.result

deny contains finding if {
	input.target.day == 2
	some file in input.machine_config.ignition.files
	some appended in file.append
	finding := result.fail(appended.at, sprintf(
		"running nodes cannot append to `%s`: the pool stops rendering",
		[file.path],
	))
}
