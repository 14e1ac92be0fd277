# METADATA
# title: The API version does not serve MachineConfig
# description: >-
#   The object names an API version in which no cluster serves a MachineConfig. The API server
#   refuses it, and a tool that applies many objects may have changed half of a cluster by then.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Write `apiVersion: machineconfiguration.openshift.io/v1`.
#   since: 0.1.0
#   tags: [syntax]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/machine_apis/machineconfig-machineconfiguration-openshift-io-v1
package rollgate.machineconfig.unknown_api_version

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "unknown_api_version"
	finding := result.fail(problem.at, problem.text)
}
