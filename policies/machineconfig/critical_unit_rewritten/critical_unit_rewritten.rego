# METADATA
# title: A unit that every node needs is replaced
# description: >-
#   A MachineConfig brings its own text of a unit such as kubelet or CRI-O. It hides the one of
#   the release: the fixes and flags that an upgrade brings never reach the node, and the first
#   release that needs them takes the node out of the cluster.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Remove the contents, and change single settings with a drop-in under a name of your own.
#   since: 0.1.0
#   tags: [systemd, availability]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfigDaemon.md
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
package rollgate.machineconfig.critical_unit_rewritten

import data.rollgate.lib.node
import data.rollgate.lib.result

deny contains finding if {
	not input.machine_config.generated
	some replaced in _replaced
	node.critical_unit(replaced.name)
	finding := result.fail(replaced.at, sprintf(
		"unit `%s` is replaced: what the release changes in it no longer reaches the node",
		[replaced.name],
	))
}

_replaced contains {"name": name, "at": at} if {
	some name, unit in input.machine_config.ignition.units
	unit.contents.text != "" # which writes nothing
	at := unit.contents.at
}

# A link to `/dev/null` masks: `machineconfig.critical-unit-masked`.
_replaced contains {"name": name, "at": link.at} if {
	some link in input.machine_config.ignition.links
	link.target != "/dev/null"
	name := node.unit_of(link.path)
}

_replaced contains {"name": name, "at": file.at} if {
	some path, file in input.machine_config.ignition.files
	name := node.unit_of(path)
}
