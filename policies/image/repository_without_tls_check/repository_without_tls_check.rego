# METADATA
# title: An enabled repository does not check certificates
# description: >-
#   A repository of the image is enabled with `sslverify=0`. Whoever is on the way can answer in
#   its place, hold updates back and see the credentials with which nodes ask.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Remove the line; give the authority of your own as `sslcacert`, or add it to the trust of the
#     image.
#   since: 0.1.0
#   tags: [packages]
#   references:
#     - https://dnf.readthedocs.io/en/latest/conf_ref.html
package rollgate.image.repository_without_tls_check

import data.rollgate.lib.result

deny contains finding if {
	some repository in input.image.repositories
	repository.enabled
	repository.sslverify == false
	finding := result.fail(repository.at, sprintf("repository `%s` is enabled and does not check certificates", [repository.id]))
}
