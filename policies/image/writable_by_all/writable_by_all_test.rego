# METADATA
# title: Tests of image.writable-by-all
package rollgate.image.writable_by_all_test

import data.rollgate.lib.fixture

cases := {
	"denied: a file and a folder": {
		"input": fixture.os_image({}),
		"files": [{"path": "/usr/lib/one", "mode": 438}, {"path": "/usr/lib/other", "kind": "directory", "mode": 511}],
		"deny": {
			{"at": "image/sha256:0!/usr/lib/one", "message": "`/usr/lib/one` is writable by every account"},
			{"at": "image/sha256:0!/usr/lib/other", "message": "`/usr/lib/other` is writable by every account"},
		},
	},
	"allowed: a sticky folder, a link, and a file of the base": {
		"input": fixture.os_image({}),
		"files": [
			{"path": "/usr/tmp", "kind": "directory", "mode": 1023},
			{"path": "/usr/lib/link", "kind": "link", "mode": 511},
			{"path": "/usr/lib/base", "mode": 438, "in_base": true},
		],
		"deny": set(),
	},
	"allowed: no files": {"input": fixture.os_image({}), "deny": set()},
}
