# METADATA
# title: A unit that every node needs is masked or disabled
# description: >-
#   A MachineConfig masks or disables kubelet, CRI-O, the network or the Machine Config Operator's
#   own services. The operator applies it without a question, the node restarts without them, and
#   from then on neither the cluster nor a later MachineConfig can reach the node.
# custom:
#   subject: machine_config
#   severity: critical
#   remediation: >-
#     Remove the entry. To change how the unit runs, add a drop-in under a name of your own.
#   since: 0.1.0
#   tags: [systemd, availability]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfigDaemon.md
#     - https://www.freedesktop.org/software/systemd/man/latest/systemctl.html
package rollgate.machineconfig.critical_unit_masked

import data.rollgate.lib.node
import data.rollgate.lib.result

deny contains finding if {
	not input.machine_config.generated
	some stopped in _stopped
	node.critical_unit(stopped.name)
	finding := result.fail(stopped.at, sprintf(
		"unit `%s` is %s, but no node works without it",
		[stopped.name, stopped.how],
	))
}

_stopped contains {"name": name, "at": unit.mask.at, "how": "masked"} if {
	some name, unit in input.machine_config.ignition.units
	unit.mask.value
}

_stopped contains {"name": name, "at": unit.enabled.at, "how": "disabled"} if {
	some name, unit in input.machine_config.ignition.units
	unit.enabled.value == false
	not unit.mask.value
}

# What masking does on the node.
_stopped contains {"name": name, "at": link.at, "how": "masked"} if {
	some link in input.machine_config.ignition.links
	link.target == "/dev/null"
	name := node.unit_of(link.path)
}
