# METADATA
# title: A package is signed with a key that the image does not know
# description: >-
#   The signature of an added package is by a key that is not in the RPM database. Either it was
#   not checked when it was installed, or the key was taken away: on the node, nothing can check
#   it.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Import the key of its maker in the build (`rpm --import`), and install with `gpgcheck=1`.
#   since: 0.1.0
#   tags: [packages]
package rollgate.image.package_key_not_imported

import data.rollgate.lib.result

deny contains finding if {
	keys := input.image.packages.keys
	count(keys) > 0
	some rpm in input.image.packages.packages
	not rpm.in_base
	key := lower(rpm.key_id)
	not _known(key, keys)
	finding := result.fail(rpm.at, sprintf("package `%s` is signed with key `%s`, which is not imported", [rpm.name, key]))
}

# The database has the last 8 digits of a key.
_known(key, keys) if {
	some known in keys
	endswith(key, lower(known))
}
