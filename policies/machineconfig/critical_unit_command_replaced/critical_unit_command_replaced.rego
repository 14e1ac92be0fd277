# METADATA
# title: The command of a unit that every node needs is replaced
# description: >-
#   A drop-in replaces the command of kubelet, CRI-O or another unit without which no node
#   works. The command is the one of the release for which it was written: after the next
#   upgrade the node starts it with arguments that are gone, or without those that are new.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Remove `ExecStart=` from the drop-in. Use a KubeletConfig or ContainerRuntimeConfig,
#     or the environment variables that the unit reads.
#   since: 0.1.0
#   tags: [systemd, availability]
#   references:
#     - https://github.com/openshift/machine-config-operator/tree/main/templates
package rollgate.machineconfig.critical_unit_command_replaced

import data.rollgate.lib.node
import data.rollgate.lib.result

deny contains finding if {
	not input.machine_config.generated
	some some_unit in input.machine_config.ignition.units
	node.critical_unit(some_unit.name)
	some dropin in some_unit.dropins
	some entry in dropin.entries
	entry.section == "Service"
	entry.key == "ExecStart"
	entry.value != ""
	not contains(entry.value, "ORIG_EXECSTART") # the release's own command, wrapped
	finding := result.fail(entry.at, sprintf(
		"drop-in `%s` replaces the command of `%s` by that of one release",
		[dropin.name, some_unit.name],
	))
}
