# METADATA
# title: Tests of image.var-run-not-a-link
package rollgate.image.var_run_not_a_link_test

import data.rollgate.lib.fixture

cases := {
	"denied: a folder": {
		"input": fixture.os_image({}),
		"files": [{"path": "/var/run", "kind": "directory"}],
		"deny": {{"at": "image/sha256:0!/var/run", "message": "`/var/run` is no symbolic link to `/run`"}},
	},
	"allowed: a link": {
		"input": fixture.os_image({}),
		"files": [{"path": "/var/run", "kind": "link", "target": "../run"}],
		"deny": set(),
	},
	"allowed: nothing there": {"input": fixture.os_image({}), "deny": set()},
}
