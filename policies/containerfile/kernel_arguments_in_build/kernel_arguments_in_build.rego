# METADATA
# title: Kernel arguments are set where no node reads them
# description: >-
#   An image has no boot entries: grubby, `rpm-ostree kargs` and /etc/default/grub change nothing on
#   a node that boots it.
# custom:
#   subject: containerfile
#   severity: medium
#   remediation: >-
#     Set `kernelArguments` in a MachineConfig, or put a file into /usr/lib/bootc/kargs.d.
#   since: 0.1.0
#   tags: [kernel, layering]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.kernel_arguments_in_build

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some command in containerfile.commands(input.containerfile)
	_sets(command)
	finding := result.fail(command.at, sprintf("`%s` sets no kernel argument of a node", [containerfile.quoted(command)]))
}

deny contains finding if {
	some instruction in containerfile.instructions(input.containerfile)
	instruction.destination == "/etc/default/grub"
	finding := result.fail(instruction.at, "`/etc/default/grub` sets no kernel argument of a node")
}

_sets(command) if containerfile.name(command) in {"grub2-mkconfig", "grubby"}

_sets(command) if {
	containerfile.name(command) == "rpm-ostree"
	containerfile.arguments(command)[0] == "kargs"
}

_sets(command) if "/etc/default/grub" in {word | some word in array.concat(command.words, object.get(command, "writes", []))}
