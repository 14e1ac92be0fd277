# METADATA
# title: Tests of image.package-file-removed
package rollgate.image.package_file_removed_test

import data.rollgate.lib.fixture

cases := {
	"denied: removed": {
		"input": fixture.os_image({}),
		"files": [
			{"path": "/usr/lib/systemd/system/zincati.service", "packages": ["zincati"], "removed": true, "layer": 0},
			{"path": "/usr/libexec/zincati", "packages": ["zincati"], "removed": true, "layer": 0},
		],
		"deny": {{
			"at": "image/sha256:0!/usr/lib/systemd/system/zincati.service",
			"message": "package `zincati` is installed without `/usr/lib/systemd/system/zincati.service` and 1 more",
		}},
	},
	"allowed: replaced, of no package, and there": {
		"input": fixture.os_image({}),
		"files": [
			{"path": "/usr/bin/bash", "packages": ["bash"], "removed": true, "layer": 0},
			{"path": "/usr/bin/bash", "packages": ["bash"]},
			{"path": "/usr/bin/gone", "removed": true, "layer": 0},
		],
		"deny": set(),
	},
	"allowed: no files": {"input": fixture.os_image({}), "deny": set()},
}
