# METADATA
# title: Tests of image.usr-etc-in-image
package rollgate.image.usr_etc_in_image_test

import data.rollgate.lib.fixture

cases := {
	"denied: it is there": {
		"input": fixture.os_image({}),
		"files": [{"path": "/usr/etc", "kind": "directory"}],
		"deny": {{
			"at": "image/sha256:0!/usr/etc",
			"message": "`/usr/etc` is in the image, where nodes make it of `/etc` themselves",
		}},
	},
	"allowed: only `/etc`": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc", "kind": "directory"}],
		"deny": set(),
	},
}
