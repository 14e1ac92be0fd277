# METADATA
# title: One path is a file to one MachineConfig and a link to another
# description: >-
#   Two MachineConfigs of the pool put things of different kinds at one path: a file, a directory or
#   a link. Ignition merges the three by path, so the one that is merged last takes the other away.
#   Each MachineConfig is sound alone, the pool renders, and what the first one writes reaches no
#   node.
# custom:
#   subject: pool
#   severity: medium
#   remediation: >-
#     Keep one of the two, or give one another path.
#   since: 0.1.0
#   tags: [merge, files]
#   references:
#     - https://github.com/coreos/ignition/blob/main/config/merge/merge.go
package rollgate.pool.path_of_two_kinds

import data.rollgate.lib.result

deny contains finding if {
	some replaced in input.pool.replaced_paths
	not replaced.loser_generated # `machineconfig.owned-path` judges what is taken from the operator
	finding := result.fail(replaced.at, sprintf("%s `%s` of MachineConfig `%s` reaches no node of pool `%s`, because `%s` makes the path a %s", [
		replaced.loser_kind,
		replaced.path,
		replaced.loser,
		input.pool.name,
		replaced.winner,
		replaced.kind,
	]))
}
