# METADATA
# title: Tests of image.missing-top-level-folder
package rollgate.image.missing_top_level_folder_test

import data.rollgate.lib.fixture

cases := {
	"denied: `/tmp` is missing, and `/var` a link": {
		"input": fixture.os_image({}),
		"files": [file |
			some given in fixture.os_files
			given.path != "/tmp"
			file := object.union(given, _changed(given.path))
		],
		"deny": {
			{"at": "image/sha256:0#", "message": "`/tmp` is no folder of the image"},
			{"at": "image/sha256:0#", "message": "`/var` is no folder of the image"},
		},
	},
	"allowed: all are there": {"input": fixture.os_image({}), "files": fixture.os_files, "deny": set()},
	"allowed: an extensions image": {"input": fixture.os_image({"extensions": {}}), "files": [], "deny": set()},
}

_changed("/var") := {"kind": "link", "target": "usr/var"}

_changed(path) := {} if path != "/var"
