# METADATA
# title: An instruction has no effect on a node
# description: >-
#   A node boots the image; it does not run it as a container. What ENTRYPOINT, CMD, USER and their
#   like say is read by nobody, and steps after USER lack the permissions that they need.
# custom:
#   subject: containerfile
#   severity: low
#   remediation: >-
#     Leave the instruction out; what has to run on a node is a unit of systemd.
#   since: 0.1.0
#   tags: [layering]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.instruction_without_effect

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some instruction in containerfile.instructions(input.containerfile)
	instruction.keyword in {"CMD", "ENTRYPOINT", "EXPOSE", "HEALTHCHECK", "MAINTAINER", "ONBUILD", "STOPSIGNAL", "VOLUME"}
	not contains(instruction.text, "/sbin/init")
	finding := result.fail(instruction.at, sprintf("`%s` has no effect on a node", [instruction.keyword]))
}

deny contains finding if {
	users := [instruction | some instruction in containerfile.instructions(input.containerfile); instruction.keyword == "USER"]
	last := users[count(users) - 1]
	not regex.match(`^(root|0)(:|$)`, last.text)
	finding := result.fail(last.at, sprintf("`USER %s` is left as the user of the image", [last.text]))
}
