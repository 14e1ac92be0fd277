# METADATA
# title: A path is not absolute and clean
# description: >-
#   A file, directory or link has a path that is relative, empty or not in its simplest form, or
#   that lies under a link of the same config. Ignition refuses the config, and the pool stops
#   rendering.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Write the absolute path without `.`, `..`, doubled or trailing slashes, and through no link
#     of the same config.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.invalid_path

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "invalid_path"
	finding := result.fail(problem.at, problem.text)
}
