# METADATA
# title: A failure of the package manager is passed over
# description: >-
#   The build goes on where packages could not be installed or removed: the image is pushed without
#   them, and nobody is told.
# custom:
#   subject: containerfile
#   severity: medium
#   remediation: >-
#     Join commands by `&&`, begin scripts with `set -euo pipefail`, and leave `|| true` out.
#   since: 0.1.0
#   tags: [layering]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.failure_passed_over

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some command in containerfile.commands(input.containerfile)
	command.unchecked
	containerfile.changes_packages(command)
	finding := result.fail(command.at, sprintf("a failure of `%s` does not fail the build", [containerfile.quoted(command)]))
}
