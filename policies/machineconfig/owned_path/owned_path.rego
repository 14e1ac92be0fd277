# METADATA
# title: A path of the Machine Config Operator is taken over
# description: >-
#   A MachineConfig writes a file, a unit or a drop-in that the Machine Config Operator's own
#   templates write on these nodes. The MachineConfig wins: what the operator means to write, now
#   and after each upgrade, no longer reaches the node, and nothing says so.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Use the object that configures it (KubeletConfig, ContainerRuntimeConfig,
#     ImageDigestMirrorSet, the cluster's Proxy, …), or a drop-in under a name of your own.
#   since: 0.1.0
#   needs: [target.release, target.platform]
#   tags: [operator]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
#     - https://github.com/openshift/machine-config-operator/tree/main/templates
package rollgate.machineconfig.owned_path

import data.rollgate.lib.ignition
import data.rollgate.lib.node
import data.rollgate.lib.result

deny contains finding if {
	not input.machine_config.generated
	owned := data.rollgate_tables.owned_paths
	some item in _written
	some owner in owned[item.table][item.key]
	not _critical(item)
	_in_force(owner)
	_has_role(owner)
	_on_platform(owner)
	finding := result.fail(item.at, sprintf(
		"%s `%s` belongs to the Machine Config Operator, whose own version no longer reaches the node",
		[item.kind, item.path],
	))
}

_written contains {"table": table, "key": key, "kind": item.kind, "path": item.path, "at": item.at} if {
	some item in ignition.written(input.machine_config.ignition)
	some table, key in _entry(item.path)
	data.rollgate_tables.owned_paths[table][key]
}

_written contains {"table": "units", "key": name, "kind": "unit", "path": name, "at": at} if {
	some name, unit in input.machine_config.ignition.units
	some at in _taken_over(unit)
}

_written contains {"table": "dropins", "key": path, "kind": "drop-in", "path": path, "at": dropin.at} if {
	some name, unit in input.machine_config.ignition.units
	some dropin in unit.dropins
	path := sprintf("%s.d/%s", [name, dropin.name])
}

# Rules of their own judge these.
_critical(item) if node.critical_file(item.key)

_critical(item) if node.critical_unit(item.key)

# Where the tables have what is written at a path: units and drop-ins may come as files too.
_entry(path) := {"files": path} if not startswith(path, _units)

_entry(path) := {"units": name} if {
	name := node.unit_of(path)
}

_entry(path) := {"dropins": trim_prefix(path, _units)} if {
	startswith(path, _units)
	not node.unit_of(path)
}

_units := "/etc/systemd/system/"

_taken_over(unit) := {at |
	unit.contents.text != ""
	at := unit.contents.at
} | {at |
	unit.mask.value
	at := unit.mask.at
}

_in_force(owner) if {
	releases := data.rollgate_tables.releases
	order := releases[input.target.release].order
	releases[owner.from].order <= order
	order <= releases[owner.to].order
}

_has_role(owner) if not owner.roles

_has_role(owner) if _role in owner.roles

# Custom pools get what workers get.
default _role := "worker"

_role := input.machine_config.role.text if input.machine_config.role.text in {"arbiter", "master"}

_on_platform(owner) if not owner.platforms

_on_platform(owner) if input.target.platform in owner.platforms
