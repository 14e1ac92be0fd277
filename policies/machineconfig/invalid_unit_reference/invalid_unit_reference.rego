# METADATA
# title: A unit names another by half its name
# description: >-
#   A unit names another without its type, as in `WantedBy=multi-user`. In `[Install]`
#   systemd then cannot enable the unit, and the Machine Config Daemon reports the node as
#   degraded; elsewhere systemd drops the dependency.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Write the whole name, such as `multi-user.target`.
#   since: 0.1.0
#   tags: [systemd]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
#     - https://github.com/systemd/systemd/blob/main/src/shared/install.c
package rollgate.machineconfig.invalid_unit_reference

import data.rollgate.lib.result
import data.rollgate.lib.unit

deny contains finding if {
	some some_unit in input.machine_config.ignition.units
	some entry in unit.entries(some_unit)
	entry.key in _references[entry.section]
	some word in split(entry.value, " ")
	name := trim(word, `"'`)
	name != ""
	not contains(name, "%") # a specifier, replaced later
	not regex.match(`\.(automount|device|mount|path|scope|service|slice|socket|swap|target|timer)$`, name)
	finding := result.fail(entry.at, sprintf("`%s` of unit `%s` names `%s`, which is no unit", [entry.key, some_unit.name, name]))
}

_references := {
	"Install": {"Also", "RequiredBy", "UpheldBy", "WantedBy"},
	"Unit": {"After", "Before", "BindsTo", "Conflicts", "OnFailure", "OnSuccess", "PartOf", "Requires", "Requisite", "Upholds", "Wants"},
}
