# METADATA
# title: Packages are forced in against their dependencies
# description: >-
#   RPM is told to install what contradicts or lacks something. The image builds, and what is
#   missing shows on the nodes.
# custom:
#   subject: containerfile
#   severity: medium
#   remediation: >-
#     Install what the package needs, or replace what it conflicts with.
#   since: 0.1.0
#   tags: [layering]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.dependencies_forced

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some command in containerfile.commands(input.containerfile)
	some word in command.words
	_forces(containerfile.name(command), word)
	finding := result.fail(command.at, sprintf("`%s %s` installs against dependencies or over other packages", [containerfile.name(command), word]))
}

_forces("rpm", word) if word in {"--force", "--nodeps", "--replacefiles", "--ignorearch", "--ignoreos"}

_forces(name, "--skip-broken") if name in {"dnf", "dnf5", "yum"}
