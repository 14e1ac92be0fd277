# METADATA
# title: A setting of Ignition itself is refused
# description: >-
#   The section `ignition` has a proxy, timeout or certificate authority that Ignition refuses.
#   The pool stops rendering. Running nodes never read these settings: only a machine's first boot
#   does.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Correct the value, or remove it: in a cluster the proxy and the certificate authorities come
#     from the cluster-wide Proxy object.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.invalid_ignition

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "invalid_ignition"
	finding := result.fail(problem.at, problem.text)
}
