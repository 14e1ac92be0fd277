# METADATA
# title: SSH keys are written as a file
# description: >-
#   A MachineConfig writes an authorized_keys file of the user `core`. The Machine Config Daemon
#   writes that file itself, from the SSH keys of all MachineConfigs: the two overwrite each
#   other, and the node is degraded because of the difference.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Give the keys as `passwd.users` with `name: core` and `sshAuthorizedKeys`.
#   since: 0.1.0
#   tags: [ssh]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/Update-SSHKeys.md
package rollgate.machineconfig.authorized_keys_as_file

import data.rollgate.lib.result

deny contains finding if {
	some path, file in input.machine_config.ignition.files
	path in _managed
	finding := result.fail(file.at, sprintf("file `%s` is written by the Machine Config Daemon from `passwd.users`", [path]))
}

# The first up to RHEL CoreOS 8, the second since.
_managed := {"/home/core/.ssh/authorized_keys", "/home/core/.ssh/authorized_keys.d/ignition"}
