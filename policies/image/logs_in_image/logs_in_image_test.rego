# METADATA
# title: Tests of image.logs-in-image
package rollgate.image.logs_in_image_test

import data.rollgate.lib.fixture

cases := {
	"denied: a log": {
		"input": fixture.os_image({}),
		"files": [{"path": "/var/log/dnf5.log", "size": 12}],
		"deny": {{"at": "image/sha256:0!/var/log/dnf5.log", "message": "log `/var/log/dnf5.log` is in the image"}},
	},
	"allowed: an empty file and a folder": {
		"input": fixture.os_image({}),
		"files": [{"path": "/var/log/lastlog", "size": 0}, {"path": "/var/log/audit", "kind": "directory"}],
		"deny": set(),
	},
	"allowed: no logs": {"input": fixture.os_image({}), "deny": set()},
}
