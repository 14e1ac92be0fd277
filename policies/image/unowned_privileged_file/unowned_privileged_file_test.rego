# METADATA
# title: Tests of image.unowned-privileged-file
package rollgate.image.unowned_privileged_file_test

import data.rollgate.lib.fixture

cases := {
	"denied: setuid, and capabilities": {
		"input": fixture.os_image({}),
		"files": [
			{"path": "/usr/local/bin/one", "mode": 2541, "packages": []},
			{"path": "/usr/bin/other", "capabilities": "0100000200", "packages": []},
		],
		"deny": {
			{"at": "image/sha256:0!/usr/local/bin/one", "message": "`/usr/local/bin/one` has special rights and is of no package"},
			{"at": "image/sha256:0!/usr/bin/other", "message": "`/usr/bin/other` has special rights and is of no package"},
		},
	},
	"allowed: of a package, of the base, and a folder": {
		"input": fixture.os_image({}),
		"files": [
			{"path": "/usr/bin/sudo", "mode": 2541, "packages": ["sudo"]},
			{"path": "/usr/bin/su", "mode": 2541, "in_base": true},
			{"path": "/usr/share/example", "kind": "directory", "mode": 1517},
		],
		"deny": set(),
	},
	"allowed: no files": {"input": fixture.os_image({}), "deny": set()},
}
