# METADATA
# title: An account has another number than in the base
# description: >-
#   A user or group of the image has another number than in the base. Nodes keep the files in
#   `/var` and `/etc` that belong to the old number: a service no longer reads its state, or
#   another account does.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Do not remove and make system accounts anew; fix the numbers in `sysusers.d`.
#   since: 0.1.0
#   references:
#     - https://bootc-dev.github.io/bootc/building/users-and-groups.html
package rollgate.image.account_id_changed

import data.rollgate.lib.result

deny contains finding if {
	some name, user in input.image.users
	user.base_uid != user.uid
	finding := result.fail(user.at, sprintf("user `%s` has the number %d, and %d in the base", [name, user.uid, user.base_uid]))
}

deny contains finding if {
	some name, group in input.image.groups
	group.base_gid != group.gid
	finding := result.fail(group.at, sprintf("group `%s` has the number %d, and %d in the base", [name, group.gid, group.base_gid]))
}
