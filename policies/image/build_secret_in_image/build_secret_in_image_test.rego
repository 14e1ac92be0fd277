# METADATA
# title: Tests of image.build-secret-in-image
package rollgate.image.build_secret_in_image_test

import data.rollgate.lib.fixture

cases := {
	"denied: at its place": {
		"input": fixture.os_image({}),
		"files": [{"path": "/run/secrets/token"}],
		"deny": {{"at": "image/sha256:0!/run/secrets/token", "message": "`/run/secrets/token` is in the image: a secret of the build"}},
	},
	"denied: removed by a later layer": {
		"input": fixture.os_image({}),
		"files": [{"path": "/run/secrets/token", "removed": true}],
		"deny": {{"at": "image/sha256:0!/run/secrets/token", "message": "`/run/secrets/token` is in the image: a secret of the build, which a later layer removes, but whoever has the image still has"}},
	},
	"allowed: an empty file": {
		"input": fixture.os_image({}),
		"files": [{"path": "/run/secrets/token", "size": 0}],
		"deny": set(),
	},
	"allowed: none": {"input": fixture.os_image({}), "deny": set()},
}
