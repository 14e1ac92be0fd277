# METADATA
# title: A field of the pool has the wrong type
# description: >-
#   A field of the MachineConfigPool holds a value of a type that the field does not take. The API
#   server refuses the object, or the pool selects nothing, and no MachineConfig reaches its
#   nodes.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Write the value in the type that the field takes.
#   since: 0.1.0
#   tags: [syntax, pool]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/machine_apis/machineconfigpool-machineconfiguration-openshift-io-v1
package rollgate.pool.wrong_type

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.pool.problems
	problem.kind == "wrong_type"
	finding := result.fail(problem.at, problem.text)
}
