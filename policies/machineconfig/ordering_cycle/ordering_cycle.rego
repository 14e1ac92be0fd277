# METADATA
# title: Units wait for each other
# description: >-
#   Units of the config, and those of the node's own boot, are ordered in a circle: one
#   waits for the network and is to come before what the network waits for, or two wait for
#   each other. systemd breaks the circle by not starting one of them, and which one is not
#   defined: it may be the network or the kubelet.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Remove one of the lines `After=` or `Before=`; `systemd-analyze verify` shows the
#     circle. A unit comes after `basic.target` unless it says `DefaultDependencies=no`, as
#     one that is to run before it has to.
#   since: 0.1.0
#   tags: [systemd, availability]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/bootup.html
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#Before=
package rollgate.machineconfig.ordering_cycle

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "ordering_cycle"
	finding := result.fail(problem.at, problem.text)
}
