# METADATA
# title: Tests of image.file-too-large
package rollgate.image.file_too_large_test

import data.rollgate.lib.fixture

cases := {
	"denied: above a gigabyte": {
		"input": fixture.os_image({}),
		"files": [{"path": "/usr/share/example.img", "size": 1073741825}],
		"deny": {{"at": "image/sha256:0!/usr/share/example.img", "message": "`/usr/share/example.img` has 1073741825 bytes, and 1073741824 are taken"}},
	},
	"denied: above what the site wants": {
		"input": fixture.os_image({}),
		"files": [{"path": "/usr/share/example.img", "size": 11}],
		"parameters": {"max_file_bytes": 10},
		"deny": {{"at": "image/sha256:0!/usr/share/example.img", "message": "`/usr/share/example.img` has 11 bytes, and 10 are taken"}},
	},
	"allowed: a gigabyte": {
		"input": fixture.os_image({}),
		"files": [{"path": "/usr/share/example.img", "size": 1073741824}],
		"deny": set(),
	},
	"allowed: no files": {"input": fixture.os_image({}), "deny": set()},
}
