# METADATA
# title: A unit that the site protects is changed
# description: >-
#   A MachineConfig replaces, extends, masks, enables or disables a systemd unit that the site keeps
#   to itself, such as its monitoring agent. By default no unit is protected beyond those that every
#   cluster needs, which other rules know.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Remove the unit, or ask its owners; they protect it by the parameter `protected_units`.
#   since: 0.1.0
#   tags: [availability]
#   parameters:
#     protected_units:
#       description: Units as `agent.service`
#       type: array
#       items: {type: string, minLength: 1}
#       default: []
package rollgate.machineconfig.protected_unit

import data.rollgate.lib.ignition
import data.rollgate.lib.result

deny contains finding if {
	some name, unit in input.machine_config.ignition.units
	name in data.parameters.protected_units
	finding := result.fail(unit.at, sprintf("unit `%s` is changed, which the site protects", [name]))
}

# As files, units and drop-ins reach systemd too.
deny contains finding if {
	some name in data.parameters.protected_units
	some item in ignition.written(input.machine_config.ignition)
	some suffix in {"", ".d"}
	folder := concat("", ["/etc/systemd/system/", name, suffix])
	startswith(concat("", [item.path, "/"]), concat("", [folder, "/"]))
	finding := result.fail(item.at, sprintf("%s `%s` changes the unit `%s`, which the site protects", [item.kind, item.path, name]))
}
