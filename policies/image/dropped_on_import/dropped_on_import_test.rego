# METADATA
# title: Tests of image.dropped-on-import
package rollgate.image.dropped_on_import_test

import data.rollgate.lib.fixture

cases := {
	"denied: two folders": {
		"input": fixture.os_image({}),
		"files": [{"path": "/app/bin/one"}, {"path": "/app/bin/two"}, {"path": "/data/three"}],
		"deny": {
			{"at": "image/sha256:0!/app/bin/one", "message": "what is in `/app` is on no node: `/app/bin/one` and 1 more"},
			{"at": "image/sha256:0!/data/three", "message": "what is in `/data` is on no node: `/data/three`"},
		},
	},
	"allowed: kept, of the base, and of other rules": {
		"input": fixture.os_image({}),
		"files": [{"path": "/usr/bin/one"}, {"path": "/data/base", "in_base": true}, {"path": "/tmp/x"}, {"path": "/boot/y"}],
		"deny": set(),
	},
	"allowed: no files": {"input": fixture.os_image({}), "deny": set()},
}
