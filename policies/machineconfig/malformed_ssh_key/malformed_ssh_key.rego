# METADATA
# title: An SSH key is no public key
# description: >-
#   An SSH key is a placeholder, was cut off, or is a private key. The node's SSH server
#   passes over it, which is noticed when SSH is the last way in; a private key in a
#   MachineConfig is one that everybody can read.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Paste the whole line of the `.pub` file. Replace a private key that was written
#     here: it is known.
#   since: 0.1.0
#   tags: [access]
#   references:
#     - https://man.openbsd.org/sshd.8#AUTHORIZED_KEYS_FILE_FORMAT
package rollgate.machineconfig.malformed_ssh_key

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.machine_config.problems
	problem.kind == "malformed_ssh_key"
	finding := result.fail(problem.at, problem.text)
}
