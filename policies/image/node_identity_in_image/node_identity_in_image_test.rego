# METADATA
# title: Tests of image.node-identity-in-image
package rollgate.image.node_identity_in_image_test

import data.rollgate.lib.fixture

cases := {
	"denied: a key and a name": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc/ssh/ssh_host_ed25519_key"}, {"path": "/etc/hostname"}],
		"deny": {
			{"at": "image/sha256:0!/etc/ssh/ssh_host_ed25519_key", "message": "`/etc/ssh/ssh_host_ed25519_key` would be the same on every node"},
			{"at": "image/sha256:0!/etc/hostname", "message": "`/etc/hostname` would be the same on every node"},
		},
	},
	"allowed: an empty file, and one of the base": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc/hostname", "size": 0}, {"path": "/etc/nvme/hostid", "in_base": true}],
		"deny": set(),
	},
	"allowed: no files": {"input": fixture.os_image({}), "deny": set()},
}
