# METADATA
# title: Text is appended to a file
# description: >-
#   `append` adds to a file that is on the node already. Ignition can do that once, when a node is
#   installed. The Machine Config Operator cannot tell on a running node what was appended before,
#   so there it refuses the config. It also overwrites every file that it renders, and refuses one
#   that has nothing but `append`, for new nodes as well. The pool stops.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Write the whole file with `contents`, or use a drop-in folder of the program that reads it.
#   since: 0.1.0
#   needs: [target.day]
#   tags: [ignition, day-2]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfigDaemon.md
package rollgate.pool.appended_file

import data.rollgate.lib.result

deny contains finding if {
	some file in input.pool.ignition.files
	some appended in file.append
	reason := _reason(file)
	finding := result.fail(appended.at, sprintf("%s `%s`: the pool stops rendering", [reason, file.path]))
}

_reason(file) := "the operator has no contents to append to in" if not file.contents

_reason(file) := "running nodes cannot append to" if {
	file.contents
	input.target.day == 2
}
