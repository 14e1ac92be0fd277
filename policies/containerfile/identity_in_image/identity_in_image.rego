# METADATA
# title: An image holds what every node has to make itself
# description: >-
#   Machine ids, host names and host keys are made when a node is installed. From an image all nodes
#   have the same: DHCP leases and logs are mixed up, and one host key opens them all.
# custom:
#   subject: containerfile
#   severity: high
#   remediation: >-
#     Leave the file out of the image.
#   since: 0.1.0
#   tags: [access, layering]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.identity_in_image

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some instruction in containerfile.instructions(input.containerfile)
	path := instruction.destination
	regex.match(_own, path)
	finding := result.fail(instruction.at, sprintf("`%s` would be the same on every node", [path]))
}

deny contains finding if {
	some command in containerfile.commands(input.containerfile)
	some path in command.writes
	regex.match(_own, path)
	containerfile.name(command) in {"cat", "dbus-uuidgen", "echo", "printf", "uuidgen"}
	count(command.words) > 1
	finding := result.fail(command.at, sprintf("`%s` would be the same on every node", [path]))
}

deny contains finding if {
	some command in containerfile.commands(input.containerfile)
	name := containerfile.name(command)
	_makes(name, command.words)
	finding := result.fail(command.at, sprintf("what `%s` makes would be the same on every node", [name]))
}

_makes(name, _) if name == "systemd-machine-id-setup"

_makes("ssh-keygen", words) if "-A" in words

_own := `^/etc/(machine-id|hostname|ssh/ssh_host_[a-z0-9]+_key)$`
