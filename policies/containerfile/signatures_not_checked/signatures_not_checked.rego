# METADATA
# title: Packages are installed unchecked
# description: >-
#   The signature of a package is what tells that its vendor made it. Without the check anything
#   that the repository, or whoever is before it, hands out is installed as root.
# custom:
#   subject: containerfile
#   severity: high
#   remediation: >-
#     Import the key of the vendor and leave the check on.
#   since: 0.1.0
#   tags: [layering, signature, supply-chain]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.signatures_not_checked

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some stage in input.containerfile.stages
	stage.used
	some instruction in stage.instructions
	some command in instruction.commands
	some word in command.words
	_option(containerfile.name(command), word)
	finding := result.fail(command.at, sprintf("`%s %s` installs what nobody signed", [containerfile.name(command), word]))
}

deny contains finding if {
	some instruction in containerfile.instructions(input.containerfile)
	instruction.keyword in {"ADD", "COPY", "RUN"}
	some found in regex.find_n(`(?i)(^|\s|["'])(repo_)?gpgcheck\s*=\s*(0|no|false)`, instruction.text, 1)
	finding := result.fail(instruction.at, sprintf("`%s` installs what nobody signed", [trim(found, " \n\t\"'")]))
}

_option(name, word) if {
	name in {"dnf", "dnf5", "microdnf", "yum"}
	regex.match(`^--(nogpgcheck|no-gpgchecks|setopt=.*gpgcheck=(0|no|false|False))$`, word)
}

_option("rpm", word) if regex.match(`^--no(signature|digest|gpg)$`, word)
