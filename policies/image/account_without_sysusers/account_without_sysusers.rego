# METADATA
# title: An account is in the image alone
# description: >-
#   A user or group stands in `/etc/passwd` or `/etc/group` of the image, and no line of
#   `sysusers.d` makes it. A node keeps its own version of these files once anything changed them:
#   then the account does not arrive, and what runs as it does not start.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Add `/usr/lib/sysusers.d/<name>.conf` with a line `u` or `g` that makes it.
#   since: 0.1.0
#   references:
#     - "bootc container lint: sysusers"
#     - https://bootc-dev.github.io/bootc/building/users-and-groups.html
package rollgate.image.account_without_sysusers

import data.rollgate.lib.result

deny contains finding if {
	some name, user in input.image.users
	not user.in_sysusers
	not user.in_base
	finding := result.fail(user.at, sprintf("user `%s` is made by no line of `sysusers.d`", [name]))
}

deny contains finding if {
	some name, group in input.image.groups
	not group.in_sysusers
	not group.in_base
	finding := result.fail(group.at, sprintf("group `%s` is made by no line of `sysusers.d`", [name]))
}
