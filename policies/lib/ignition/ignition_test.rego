# METADATA
# title: Tests of what an Ignition config writes
package rollgate.lib.ignition_test

import data.rollgate.lib.ignition

test_written if {
	ignition.written({
		"files": {"/etc/a": {"at": "A#/1", "path": "/etc/a"}},
		"directories": [{"at": "A#/2", "path": "/etc/b"}],
		"links": [{"at": "A#/3", "path": "/etc/c", "hard": false}],
	}) == [
		{"kind": "file", "path": "/etc/a", "at": "A#/1"},
		{"kind": "directory", "path": "/etc/b", "at": "A#/2"},
		{"kind": "link", "path": "/etc/c", "at": "A#/3"},
	]
}

test_nothing_written if ignition.written({"files": {}}) == []

test_under if {
	ignition.under("/usr", {"/boot", "/usr"})
	ignition.under("/usr/bin/a", {"/boot", "/usr"})
	not ignition.under("/usrlocal", {"/boot", "/usr"})
}
