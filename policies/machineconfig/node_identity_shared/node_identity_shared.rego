# METADATA
# title: Every node gets the same identity
# description: >-
#   A MachineConfig writes a file that tells one node from another: its host name, machine
#   id, SSH host key, or the name under which it reaches storage. Every node of the pool
#   gets the same one, and new nodes of the pool take the place of old ones in the cluster
#   or on the storage.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Remove the file. Node names come from DHCP, the platform or afterburn; the rest is
#     made at the first boot of each node.
#   since: 0.1.0
#   tags: [ignition, availability]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/machine-id.html
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/installing_on_bare_metal/index
package rollgate.machineconfig.node_identity_shared

import data.rollgate.lib.ignition
import data.rollgate.lib.result

deny contains finding if {
	not input.machine_config.generated
	some item in ignition.written(input.machine_config.ignition)
	identity := _identity(item.path)
	finding := result.fail(item.at, sprintf("%s `%s` gives every node of the pool the same %s", [item.kind, item.path, identity]))
}

_identity(path) := _identities[path]

_identity(path) := "SSH host key" if {
	startswith(path, "/etc/ssh/ssh_host_")
	regex.match(`^/etc/ssh/ssh_host_.+_key$`, path)
}

_identities := {
	"/etc/hostname": "host name",
	"/etc/iscsi/initiatorname.iscsi": "iSCSI initiator name",
	"/etc/machine-id": "machine id",
	"/etc/nvme/hostid": "NVMe host id",
	"/etc/nvme/hostnqn": "NVMe host name",
}
