# METADATA
# title: A service that every node needs is disabled
# description: >-
#   The image disables or masks a unit without which a node does not join its cluster, or does not
#   come back after a reboot.
# custom:
#   subject: containerfile
#   severity: high
#   remediation: >-
#     Leave the unit as the base image has it.
#   since: 0.1.0
#   tags: [availability, layering, systemd]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.needed_service_disabled

import data.rollgate.lib.containerfile
import data.rollgate.lib.node
import data.rollgate.lib.result

deny contains finding if {
	some command in containerfile.commands(input.containerfile)
	containerfile.name(command) == "systemctl"
	words := containerfile.arguments(command)
	words[0] in {"disable", "mask"}
	some name in array.slice(words, 1, count(words))
	node.critical_unit(_unit(name))
	finding := result.fail(command.at, sprintf("`%s` is %sd, but no node works without it", [name, replace(words[0], "mask", "maske")]))
}

deny contains finding if {
	some command in containerfile.commands(input.containerfile)
	containerfile.name(command) == "ln"
	words := containerfile.arguments(command)
	words[0] == "/dev/null"
	name := node.unit_of(words[1])
	node.critical_unit(name)
	finding := result.fail(command.at, sprintf("`%s` is masked, but no node works without it", [name]))
}

_unit(name) := name if contains(name, ".")

_unit(name) := concat("", [name, ".service"]) if not contains(name, ".")
