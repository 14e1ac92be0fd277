# METADATA
# title: Tests of image.modified-bytecode
package rollgate.image.modified_bytecode_test

import data.rollgate.lib.fixture

cases := {
	"denied: two modules": {
		"input": fixture.os_image({}),
		"files": [
			{"path": "/usr/lib/python3.9/__pycache__/a.pyc", "packages": ["python3"], "modified": ["digest"]},
			{"path": "/usr/lib/python3.9/__pycache__/b.pyc", "packages": ["python3"], "modified": ["digest"]},
		],
		"deny": {{
			"at": "image/sha256:0!/usr/lib/python3.9/__pycache__/a.pyc",
			"message": "layer 1 writes bytecode anew: `/usr/lib/python3.9/__pycache__/a.pyc` and 1 more",
		}},
	},
	"allowed: as installed": {
		"input": fixture.os_image({}),
		"files": [{"path": "/usr/lib/python3.9/__pycache__/a.pyc", "packages": ["python3"]}],
		"deny": set(),
	},
}
