# METADATA
# title: The Ignition version is missing or not supported
# description: >-
#   The Ignition config declares no version, a malformed one, or one that no Machine Config
#   Operator reads. The operator cannot parse the config, and the whole pool stops rendering: no
#   other change reaches its nodes either.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Declare a version that your release reads, such as `3.4.0`, and use only fields of that
#     version.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.ignition_version

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "ignition_version"
	finding := result.fail(problem.at, problem.text)
}
