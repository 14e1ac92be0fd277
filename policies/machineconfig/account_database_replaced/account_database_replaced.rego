# METADATA
# title: The accounts of the node are replaced
# description: >-
#   A MachineConfig writes the file that holds the accounts, passwords or groups of the
#   node. What the OS image and its packages have in it is lost, with the accounts under
#   which services run and which an update of the image adds.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Add accounts with a file in `/etc/sysusers.d`, and keys and the password of `core`
#     under `passwd.users`.
#   since: 0.1.0
#   tags: [access, availability]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/sysusers.d.html
#     - https://docs.fedoraproject.org/en-US/fedora-coreos/sysconfig-configure-users/
package rollgate.machineconfig.account_database_replaced

import data.rollgate.lib.ignition
import data.rollgate.lib.result

deny contains finding if {
	not input.machine_config.generated
	some item in ignition.written(input.machine_config.ignition)
	item.path in _databases
	finding := result.fail(item.at, sprintf("%s `%s` replaces the accounts that the OS image has in it", [item.kind, item.path]))
}

_databases := {"/etc/group", "/etc/gshadow", "/etc/passwd", "/etc/shadow"}
