# METADATA
# title: SSH keys are written as a file
# description: >-
#   The MachineConfig writes an `authorized_keys` file instead of giving the keys to the user
#   `core`. The Machine Config Daemon writes the keys of that user itself and knows nothing of
#   this file, so keys that were withdrawn stay; one for root opens an account that is closed
#   otherwise.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Put the keys under `passwd.users` of the user `core`, in `sshAuthorizedKeys`.
#   since: 0.1.0
#   tags: [access]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/Update-SSHKeys.md
package rollgate.machineconfig.authorized_keys_as_file

import data.rollgate.lib.result

deny contains finding if {
	some file in input.machine_config.ignition.files
	contains(file.path, "/.ssh/authorized_keys")
	regex.match(`^/(root|var/roothome|(var/)?home/[^/]+)/\.ssh/authorized_keys`, file.path)
	message := sprintf("file `%s` lets SSH keys in that the user `core` does not have", [file.path])
	finding := result.fail(file.at, message)
}
