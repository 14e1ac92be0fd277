# METADATA
# title: Tests of image.unowned-file
package rollgate.image.unowned_file_test

import data.rollgate.lib.fixture

cases := {
	"denied: two in one layer": {
		"input": fixture.os_image({}),
		"files": [{"path": "/usr/bin/one"}, {"path": "/usr/lib/other"}],
		"deny": {{"at": "image/sha256:0!/usr/bin/one", "message": "layer 1 adds what no package owns: `/usr/bin/one` and 1 more"}},
	},
	"allowed: of a package, of the base, and what tools make": {
		"input": fixture.os_image({}),
		"files": [
			{"path": "/usr/bin/bash", "packages": ["bash"]},
			{"path": "/usr/bin/base", "in_base": true},
			{"path": "/usr/share/rpm/rpmdb.sqlite"},
			{"path": "/usr/lib/modules/5.14.0/modules.dep"},
			{"path": "/usr/lib/python3.9/a.pyc"},
		],
		"deny": set(),
	},
	"allowed: no files": {"input": fixture.os_image({}), "deny": set()},
}
