# METADATA
# title: FIPS mode is toggled on running nodes
# description: >-
#   FIPS mode is decided when a node is installed, and its keys are made accordingly. The Machine
#   Config Operator refuses to change it in either direction, and the pool stops rendering. A
#   worker MachineConfig that sets it does so for every custom pool as well.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Set `fips` to what the nodes run with, or install new nodes with the other mode.
#   since: 0.1.0
#   needs: [target.day, pool.current]
#   tags: [fips]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/installation_overview/installing-fips
package rollgate.pool.fips_toggled

import data.rollgate.lib.result

deny contains finding if {
	input.target.day == 2
	some change in input.pool.current.irreconcilable
	change.kind == "fips"
	finding := result.fail(change.at, _message(input.pool.current.fips))
}

_message(true) := "the running nodes are in FIPS mode, which cannot be switched off"

_message(false) := "the running nodes are not in FIPS mode, which cannot be switched on"
