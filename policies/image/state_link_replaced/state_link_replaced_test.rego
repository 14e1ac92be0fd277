# METADATA
# title: Tests of image.state-link-replaced
package rollgate.image.state_link_replaced_test

import data.rollgate.lib.fixture

cases := {
	"denied: `/opt` is a folder": {
		"input": fixture.os_image({}),
		"files": [_link, {"path": "/opt", "kind": "directory"}],
		"deny": {{"at": "image/sha256:0!/opt", "message": "`/opt` is a folder, and a link to `var/opt` in the base"}},
	},
	"allowed: a folder in the base as well": {
		"input": fixture.os_image({}),
		"files": [{"path": "/opt", "kind": "directory"}],
		"deny": set(),
	},
	"allowed: the link was written again": {
		"input": fixture.os_image({}),
		"files": [_link, {"path": "/opt", "kind": "link", "target": "var/opt"}],
		"deny": set(),
	},
}

_link := {"path": "/opt", "kind": "link", "target": "var/opt", "removed": true, "in_base": true, "layer": 0}
