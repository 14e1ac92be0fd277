# METADATA
# title: The pool is paused
# description: >-
#   The pool is paused, so nothing of this change reaches its nodes until someone resumes it.
#   Changes pile up meanwhile and then arrive at once, and a cluster with a paused pool cannot
#   finish an upgrade.
# custom:
#   subject: pool
#   severity: low
#   remediation: >-
#     Set `spec.paused` to `false` when the reason for the pause is over.
#   since: 0.1.0
#   tags: [pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/custom-pools.md
package rollgate.pool.paused_pool

import data.rollgate.lib.result

deny contains finding if {
	input.pool.paused.value
	finding := result.fail(input.pool.paused.at, sprintf("pool `%s` is paused: its nodes get no change", [input.pool.name]))
}
