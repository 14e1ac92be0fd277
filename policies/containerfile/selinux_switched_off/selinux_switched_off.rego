# METADATA
# title: SELinux is switched off
# description: >-
#   A node without SELinux enforcing lets one container that breaks out have everything, and
#   OpenShift does not support it.
# custom:
#   subject: containerfile
#   severity: high
#   remediation: >-
#     Leave SELinux enforcing, and give what is refused a policy module.
#   since: 0.1.0
#   tags: [hardening, layering]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.selinux_switched_off

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some command in containerfile.commands(input.containerfile)
	containerfile.name(command) == "setenforce"
	containerfile.arguments(command)[0] in {"0", "Permissive", "permissive"}
	finding := result.fail(command.at, "`setenforce` switches SELinux off")
}

deny contains finding if {
	some instruction in containerfile.instructions(input.containerfile)
	some found in regex.find_n(`SELINUX=(permissive|disabled)`, instruction.text, 1)
	finding := result.fail(instruction.at, sprintf("`%s` switches SELinux off", [found]))
}
