# METADATA
# title: The pool is paused with an update half done
# description: >-
#   The pool is paused while some of its nodes have not what the others have. They stay apart until
#   it is resumed, and this change comes on top.
# custom:
#   subject: pool
#   severity: medium
#   remediation: >-
#     Set `spec.paused` to `false` and let the update finish before the next change.
#   since: 0.1.0
#   tags: [pool, rollout]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/custom-pools.md
package rollgate.pool.paused_amid_update

import data.rollgate.lib.result

deny contains finding if {
	input.pool.paused.value
	status := input.pool.status
	status.updated_machine_count.value < status.machine_count.value
	finding := result.fail(input.pool.paused.at, sprintf(
		"pool `%s` is paused with %d of %d nodes updated",
		[input.pool.name, status.updated_machine_count.value, status.machine_count.value],
	))
}
