# METADATA
# title: FIPS mode is not switched off by a second MachineConfig
# description: >-
#   A MachineConfig writes `fips: false`, and another of the pool `fips: true`. One that
#   says true is enough: the nodes are in FIPS mode, whatever the other one says.
# custom:
#   subject: pool
#   severity: low
#   remediation: >-
#     Remove `fips: false`. To be without FIPS mode, remove `fips: true` and install the
#     nodes anew.
#   since: 0.1.0
#   tags: [fips, pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/common/helpers.go
package rollgate.pool.fips_not_undone

import data.rollgate.lib.member
import data.rollgate.lib.result

deny contains finding if {
	pool := input.pool
	input.pool.fips.value
	some other in input.pool.fips_settings
	other.value == false
	not member.generated(pool, other.at) # it writes it into everything
	finding := result.fail(other.at, sprintf("`fips: false` has no effect in pool `%s`, where another MachineConfig says true", [input.pool.name]))
}
