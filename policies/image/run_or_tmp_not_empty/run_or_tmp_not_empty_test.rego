# METADATA
# title: Tests of image.run-or-tmp-not-empty
package rollgate.image.run_or_tmp_not_empty_test

import data.rollgate.lib.fixture

cases := {
	"denied: a file in `/tmp`": {
		"input": fixture.os_image({}),
		"files": [{"path": "/tmp/installer.sh"}],
		"deny": {{"at": "image/sha256:0!/tmp/installer.sh", "message": "`/tmp/installer.sh` is in the image, and on no node"}},
	},
	"allowed: what the builder mounts": {
		"input": fixture.os_image({}),
		"files": [{"path": "/run/systemd/resolve/stub-resolv.conf"}, {"path": "/run", "kind": "directory"}],
		"deny": set(),
	},
	"allowed: nothing": {"input": fixture.os_image({}), "deny": set()},
}
