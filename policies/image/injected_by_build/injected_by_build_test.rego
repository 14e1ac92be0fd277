# METADATA
# title: Tests of image.injected-by-build
package rollgate.image.injected_by_build_test

import data.rollgate.lib.fixture

cases := {
	"denied: an empty file": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc/hostname", "size": 0}],
		"deny": {{"at": "image/sha256:0!/etc/hostname", "message": "`/etc/hostname` is empty, as builds leave it"}},
	},
	"allowed: a link, and a file with text": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc/resolv.conf", "kind": "link", "size": 0}, {"path": "/etc/hostname", "size": 5}],
		"deny": set(),
	},
	"allowed: neither": {"input": fixture.os_image({}), "deny": set()},
}
