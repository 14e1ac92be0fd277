# METADATA
# title: Tests of image.privileged-file-added
package rollgate.image.privileged_file_added_test

import data.rollgate.lib.fixture

cases := {
	"denied: setuid, and capabilities": {
		"input": fixture.os_image({}),
		"files": [
			{"path": "/usr/bin/one", "mode": 2541, "packages": ["one"]},
			{"path": "/usr/bin/other", "capabilities": "0100000200", "packages": ["other"]},
		],
		"deny": {
			{"at": "image/sha256:0!/usr/bin/one", "message": "`/usr/bin/one` of package `one` has special rights"},
			{"at": "image/sha256:0!/usr/bin/other", "message": "`/usr/bin/other` of package `other` has special rights"},
		},
	},
	"denied: the base has it without": {
		"input": fixture.os_image({}),
		"files": [
			{"path": "/usr/bin/one", "mode": 2541, "packages": ["one"]},
			{"path": "/usr/bin/one", "layer": 0, "in_base": true, "removed": true},
		],
		"deny": {{"at": "image/sha256:0!/usr/bin/one", "message": "`/usr/bin/one` of package `one` has special rights"}},
	},
	"allowed: nothing tells what was added": {
		"input": fixture.os_image({"base": null}),
		"files": [{"path": "/usr/bin/one", "mode": 2541, "packages": ["one"]}],
		"deny": set(),
	},
	"allowed: an update of what the base has": {
		"input": fixture.os_image({}),
		"files": [
			{"path": "/usr/bin/sudo", "mode": 2541, "packages": ["sudo"]},
			{"path": "/usr/bin/sudo", "mode": 2541, "layer": 0, "in_base": true, "removed": true},
			{"path": "/usr/bin/ping", "capabilities": "0100000200", "packages": ["iputils"]},
			{"path": "/usr/bin/ping", "capabilities": "0100000200", "layer": 0, "in_base": true, "removed": true},
		],
		"deny": set(),
	},
	"allowed: no files": {"input": fixture.os_image({}), "deny": set()},
}
