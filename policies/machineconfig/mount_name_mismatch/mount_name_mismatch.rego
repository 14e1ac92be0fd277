# METADATA
# title: A mount unit has another name than its path
# description: >-
#   The name of a mount or automount unit has to be its path, with `-` for `/`. systemd
#   refuses to load a unit whose `Where=` is another path, so nothing is mounted, and the
#   directory is used as it is.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Name the unit as `systemd-escape --path --suffix=mount /the/path` prints it.
#   since: 0.1.0
#   tags: [systemd]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.mount.html#Where=
package rollgate.machineconfig.mount_name_mismatch

import data.rollgate.lib.result
import data.rollgate.lib.unit

deny contains finding if {
	some some_unit in input.machine_config.ignition.units
	meant := some_unit.mount_point
	some section in {"Automount", "Mount"}
	where := unit.last(some_unit, section, "Where")
	not contains(where.value, "%") # a specifier, replaced later
	_path(where.value) != meant
	finding := result.fail(where.at, sprintf(
		"unit `%s` stands for `%s`, but mounts `%s`, so systemd refuses to load it",
		[some_unit.name, meant, where.value],
	))
}

# Without doubled and trailing slashes.
_path(where) := sprintf("/%s", [concat("/", [step | some step in split(where, "/"); step != ""])])
