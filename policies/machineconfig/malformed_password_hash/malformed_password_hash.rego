# METADATA
# title: A password hash is a placeholder
# description: >-
#   The password hash of a user has none of the forms that the node understands: a
#   placeholder, a hash that was cut off, or the password itself. Nobody can log in with it,
#   which is noticed when the console is the last way in.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Make the hash with `mkpasswd --method=yescrypt` or `openssl passwd -6`; write `*` to
#     lock the account.
#   since: 0.1.0
#   tags: [access]
#   references:
#     - https://man7.org/linux/man-pages/man5/crypt.5.html
package rollgate.machineconfig.malformed_password_hash

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "malformed_password_hash"
	finding := result.fail(problem.at, problem.text)
}
