# METADATA
# title: Tests of image.modified-vendor-file
package rollgate.image.modified_vendor_file_test

import data.rollgate.lib.fixture

cases := {
	"denied: contents and mode": {
		"input": fixture.os_image({}),
		"files": [{"path": "/usr/bin/bash", "packages": ["bash"], "modified": ["digest", "mode"]}],
		"deny": {{"at": "image/sha256:0!/usr/bin/bash", "message": "`/usr/bin/bash` of package `bash` was changed: digest, mode"}},
	},
	"allowed: configuration, bytecode, and what belongs to a kernel": {
		"input": fixture.os_image({}),
		"files": [
			{"path": "/etc/bashrc", "packages": ["setup"], "modified": ["digest"]},
			{"path": "/usr/lib/python3.9/site.pyc", "packages": ["python3"], "modified": ["digest"]},
			{"path": "/usr/lib/modules/5.14.0-570.el9.x86_64/initramfs.img", "packages": ["kernel-core"], "modified": ["size"]},
			{"path": "/usr/lib/modules/5.14.0-570.el9.x86_64/modules.dep", "packages": ["kernel-core"], "modified": ["size"]},
		],
		"deny": set(),
	},
	"allowed: as installed": {
		"input": fixture.os_image({}),
		"files": [{"path": "/usr/bin/bash", "packages": ["bash"]}],
		"deny": set(),
	},
}
