# METADATA
# title: Every node gets the same identity
# description: >-
#   A file by which machines tell each other apart is in the image: the name of the host, its SSH
#   keys, its name for iSCSI or NVMe, or the seed of its random numbers. All nodes of the image are
#   then one machine to others; shared SSH keys let any of them pose as another.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Remove it in the step that makes it; each node makes its own at the first boot.
#   since: 0.1.0
#   references:
#     - https://systemd.io/BUILDING_IMAGES/
package rollgate.image.node_identity_in_image

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.files({"globs": _globs, "kinds": ["file"], "min_size": 1, "layers": "derived"})
	finding := result.fail(file.at, sprintf("`%s` would be the same on every node", [file.path]))
}

_globs := array.concat(data.rollgate_tables.secret_paths.host_key, [
	"/etc/hostname",
	"/etc/iscsi/initiatorname.iscsi",
	"/etc/nvme/hostid",
	"/etc/nvme/hostnqn",
	"/var/lib/NetworkManager/secret_key",
	"/var/lib/systemd/credential.secret",
	"/var/lib/systemd/random-seed",
])
