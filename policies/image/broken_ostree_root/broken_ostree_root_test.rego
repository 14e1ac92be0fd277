# METADATA
# title: Tests of image.broken-ostree-root
package rollgate.image.broken_ostree_root_test

import data.rollgate.lib.fixture

cases := {
	"denied: both are gone": {
		"input": fixture.os_image({}),
		"files": [],
		"deny": {
			{"at": "image/sha256:0#", "message": "`/sysroot` is no folder of the image"},
			{"at": "image/sha256:0#", "message": "`/ostree` is no link to `sysroot/ostree`"},
		},
	},
	"denied: a folder is copied over the link": {
		"input": fixture.os_image({}),
		"files": [{"path": "/sysroot", "kind": "directory"}, {"path": "/ostree", "kind": "directory"}],
		"deny": {{"at": "image/sha256:0#", "message": "`/ostree` is no link to `sysroot/ostree`"}},
	},
	"denied: the documented root lacks both": {
		"input": fixture.os_image({}),
		"files": array.concat(fixture.os_files, [{"path": "/usr/share/doc/bootc/baseimage/base", "kind": "directory"}]),
		"deny": {
			{"at": "image/sha256:0#", "message": "`/usr/share/doc/bootc/baseimage/base/sysroot` is no folder of the image"},
			{"at": "image/sha256:0#", "message": "`/usr/share/doc/bootc/baseimage/base/ostree` is no link to `sysroot/ostree`"},
		},
	},
	"allowed: both are there": {"input": fixture.os_image({}), "files": fixture.os_files, "deny": set()},
	"allowed: an extensions image": {"input": fixture.os_image({"extensions": {}}), "files": [], "deny": set()},
}
