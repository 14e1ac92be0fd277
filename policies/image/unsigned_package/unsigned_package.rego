# METADATA
# title: A package has no signature
# description: >-
#   The header of an installed package carries no signature: it was built locally or changed on its
#   way, and was installed without a check. Nothing tells whether it is what its maker published.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Install it from a repository that signs its packages, with `gpgcheck=1`; sign your own with
#     `rpmsign`.
#   since: 0.1.0
#   tags: [packages]
#   references:
#     - https://rpm.org/docs/latest/manual/signatures_digests.html
package rollgate.image.unsigned_package

import data.rollgate.lib.result

deny contains finding if {
	some rpm in input.image.packages.packages
	not rpm.signed
	not rpm.in_base
	finding := result.fail(rpm.at, sprintf("package `%s-%s-%s` is not signed", [rpm.name, rpm.version, rpm.release]))
}
