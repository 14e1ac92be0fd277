# METADATA
# title: Tests of image.machine-id-set
package rollgate.image.machine_id_set_test

import data.rollgate.lib.fixture

cases := {
	"denied: an id": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc/machine-id"}],
		"contents": {"/etc/machine-id": "0123456789abcdef0123456789abcdef\n"},
		"deny": {{"at": "image/sha256:0!/etc/machine-id", "message": "`/etc/machine-id` is set"}},
	},
	"allowed: to be set by the first boot": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc/machine-id"}],
		"contents": {"/etc/machine-id": "uninitialized\n"},
		"deny": set(),
	},
	"allowed: no file": {"input": fixture.os_image({}), "deny": set()},
}
