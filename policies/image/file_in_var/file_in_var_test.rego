# METADATA
# title: Tests of image.file-in-var
package rollgate.image.file_in_var_test

import data.rollgate.lib.fixture

cases := {
	"denied: a file": {
		"input": fixture.os_image({}),
		"files": [{"path": "/var/lib/example/data", "in_tmpfiles": false}],
		"deny": {{
			"at": "image/sha256:0!/var/lib/example/data",
			"message": "`/var/lib/example/data` is written to newly installed nodes only, and never updated",
		}},
	},
	"allowed: what tmpfiles.d makes, a log, a database and a cache": {
		"input": fixture.os_image({}),
		"files": [
			{"path": "/var/lib/example/data", "in_tmpfiles": true},
			{"path": "/var/log/dnf.log", "in_tmpfiles": false},
			{"path": "/var/lib/rpm/rpmdb.sqlite", "in_tmpfiles": false},
			{"path": "/var/cache/dnf/packages.db", "in_tmpfiles": false},
		],
		"deny": set(),
	},
	"allowed: nothing in `/var`": {"input": fixture.os_image({}), "deny": set()},
}
