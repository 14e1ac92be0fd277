# METADATA
# title: A mode is not a file mode
# description: >-
#   A mode is negative, larger than any file mode, or sets a bit beyond `0777`. The Machine Config
#   Operator refuses special bits such as setuid; where a release does accept the config, the bits
#   vanish on the way to the node.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Write a mode from `0000` to `0777` in octal; set special bits with systemd-tmpfiles or in
#     the OS image where they are truly needed.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://github.com/openshift/machine-config-operator/pull/2910
package rollgate.machineconfig.invalid_mode

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "invalid_mode"
	finding := result.fail(problem.at, problem.text)
}
