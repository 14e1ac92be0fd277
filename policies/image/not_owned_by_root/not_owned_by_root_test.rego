# METADATA
# title: Tests of image.not-owned-by-root
package rollgate.image.not_owned_by_root_test

import data.rollgate.lib.fixture

cases := {
	"denied: another user": {
		"input": fixture.os_image({}),
		"files": [{"path": "/usr/bin/example", "uid": 1000, "gid": 1000, "packages": []}],
		"deny": {{"at": "image/sha256:0!/usr/bin/example", "message": "`/usr/bin/example` belongs to user 1000 and group 1000"}},
	},
	"allowed: as its package wants it, of the base, and root's": {
		"input": fixture.os_image({}),
		"files": [
			{"path": "/usr/share/polkit-1/rules.d", "kind": "directory", "uid": 998, "packages": ["polkit"]},
			{"path": "/usr/bin/write", "gid": 5, "in_base": true},
			{"path": "/usr/bin/example"},
		],
		"deny": set(),
	},
	"allowed: no files": {"input": fixture.os_image({}), "deny": set()},
}
