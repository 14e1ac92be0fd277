# METADATA
# title: A user is made that systemd does not know
# description: >-
#   useradd writes /etc/passwd of the image. A node that changed that file keeps its own: the user
#   is missing there, and what it owns belongs to a number.
# custom:
#   subject: containerfile
#   severity: medium
#   remediation: >-
#     Declare the user in /usr/lib/sysusers.d; its home is made by tmpfiles.d.
#   since: 0.1.0
#   tags: [layering]
#   references:
#     - https://bootc-dev.github.io/bootc/building/users-and-groups.html
package rollgate.containerfile.user_without_sysusers

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some command in containerfile.commands(input.containerfile)
	name := containerfile.name(command)
	name in {"adduser", "groupadd", "useradd"}
	not _declared
	finding := result.fail(command.at, sprintf("`%s` makes what no file of sysusers.d declares", [name]))
}

_declared if {
	some instruction in containerfile.instructions(input.containerfile)
	contains(instruction.text, "sysusers.d")
}
