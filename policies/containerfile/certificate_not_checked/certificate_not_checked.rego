# METADATA
# title: A download takes any certificate
# description: >-
#   Whoever is between the build and the server decides what goes into the image.
# custom:
#   subject: containerfile
#   severity: high
#   remediation: >-
#     Check certificates: add the authority to the trust of the build, and leave the option out.
#   since: 0.1.0
#   tags: [layering, supply-chain]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.certificate_not_checked

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some stage in input.containerfile.stages
	stage.used
	some instruction in stage.instructions
	some command in instruction.commands
	some word in command.words
	_unchecked(containerfile.name(command), word)
	finding := result.fail(command.at, sprintf("`%s %s` takes any certificate", [containerfile.name(command), word]))
}

_unchecked("curl", word) if word in {"--insecure", "--proxy-insecure"}

_unchecked("curl", word) if regex.match(`^-[a-zA-Z]*k[a-zA-Z]*$`, word)

_unchecked("wget", word) if word == "--no-check-certificate"

_unchecked("git", word) if regex.match(`^http\.sslverify=(false|0)$`, lower(word))

_unchecked(name, word) if {
	name in {"dnf", "dnf5", "microdnf", "yum"}
	regex.match(`sslverify=(0|false|no)$`, lower(word))
}
