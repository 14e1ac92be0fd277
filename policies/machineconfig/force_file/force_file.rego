# METADATA
# title: The file that skips validation is written
# description: >-
#   The presence of /run/machine-config-daemon-force tells the Machine Config Daemon to skip its
#   checks once and to restart the node. It is for an administrator's hand on one node; the
#   operator refuses a MachineConfig that writes it, and the pool stops.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: Remove the file; to force one node, create the file there by hand.
#   since: 0.1.0
#   tags: [operator]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfigDaemon.md
package rollgate.machineconfig.force_file

import data.rollgate.lib.result

deny contains finding if {
	file := input.machine_config.ignition.files["/run/machine-config-daemon-force"]
	finding := result.fail(file.at, sprintf("the operator refuses `%s`, which skips its own checks", [file.path]))
}
