# METADATA
# title: Tests of image.folder-in-var
package rollgate.image.folder_in_var_test

import data.rollgate.lib.fixture

cases := {
	"denied: a folder": {
		"input": fixture.os_image({}),
		"files": [{"path": "/var/lib/example", "kind": "directory", "in_tmpfiles": false}],
		"deny": {{
			"at": "image/sha256:0!/var/lib/example",
			"message": "`/var/lib/example` is in the image, and no line of `tmpfiles.d` makes it",
		}},
	},
	"allowed: made by tmpfiles.d, of the base, of every node, and a leftover of the build": {
		"input": fixture.os_image({}),
		"files": [
			{"path": "/var/lib/example", "kind": "directory", "in_tmpfiles": true},
			{"path": "/var/lib/base", "kind": "directory", "in_tmpfiles": false, "in_base": true},
			{"path": "/var/lib", "kind": "directory", "in_tmpfiles": false},
			{"path": "/var/cache/dnf", "kind": "directory", "in_tmpfiles": false},
		],
		"deny": set(),
	},
	"allowed: nothing in `/var`": {"input": fixture.os_image({}), "deny": set()},
}
