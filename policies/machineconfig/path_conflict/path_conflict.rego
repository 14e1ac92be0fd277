# METADATA
# title: A file stands where a unit is written
# description: >-
#   The config writes a file, directory or link to the very path at which it also writes a systemd
#   unit or drop-in. Ignition refuses the config, because one would overwrite the other, and the
#   pool stops rendering.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Define the unit under `systemd.units` only, and remove the file.
#   since: 0.1.0
#   tags: [ignition, systemd]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.path_conflict

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "path_conflict"
	finding := result.fail(problem.at, problem.text)
}
