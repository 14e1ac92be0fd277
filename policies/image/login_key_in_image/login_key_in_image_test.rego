# METADATA
# title: Tests of image.login-key-in-image
package rollgate.image.login_key_in_image_test

import data.rollgate.lib.fixture

cases := {
	"denied: at its place": {
		"input": fixture.os_image({}),
		"files": [{"path": "/root/.ssh/authorized_keys"}],
		"deny": {{"at": "image/sha256:0!/root/.ssh/authorized_keys", "message": "`/root/.ssh/authorized_keys` is in the image: keys for logging in"}},
	},
	"denied: removed by a later layer": {
		"input": fixture.os_image({}),
		"files": [{"path": "/root/.ssh/authorized_keys", "removed": true}],
		"deny": {{"at": "image/sha256:0!/root/.ssh/authorized_keys", "message": "`/root/.ssh/authorized_keys` is in the image: keys for logging in, which a later layer removes, but whoever has the image still has"}},
	},
	"allowed: an empty file": {
		"input": fixture.os_image({}),
		"files": [{"path": "/root/.ssh/authorized_keys", "size": 0}],
		"deny": set(),
	},
	"allowed: none": {"input": fixture.os_image({}), "deny": set()},
}
