# METADATA
# title: Units of several MachineConfigs wait for each other
# description: >-
#   Units of several MachineConfigs of the pool are ordered in a circle. Each MachineConfig
#   is sound alone; together, systemd breaks the circle by not starting one of the units,
#   and which one is not defined.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Remove one of the lines `After=` or `Before=`; `systemd-analyze verify` shows the
#     circle. A unit comes after `basic.target` unless it says `DefaultDependencies=no`, as
#     one that is to run before it has to.
#   since: 0.1.0
#   tags: [systemd, pool, availability]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/bootup.html
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#Before=
package rollgate.pool.ordering_cycle

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.pool.problems
	problem.kind == "ordering_cycle"
	finding := result.fail(problem.at, sprintf("among the MachineConfigs of pool `%s`, %s", [input.pool.name, problem.text]))
}
