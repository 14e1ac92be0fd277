# METADATA
# title: Tests of image.boot-not-an-empty-folder
package rollgate.image.boot_not_an_empty_folder_test

import data.rollgate.lib.fixture

cases := {
	"denied: it is missing": {
		"input": fixture.os_image({}),
		"deny": {{"at": "image/sha256:0#", "message": "`/boot` is no folder of the image"}},
	},
	"denied: a kernel in it": {
		"input": fixture.os_image({}),
		"files": array.concat(fixture.os_files, [{"path": "/boot/vmlinuz-5.14.0-570.el9.x86_64"}]),
		"deny": {{
			"at": "image/sha256:0!/boot/vmlinuz-5.14.0-570.el9.x86_64",
			"message": "`/boot/vmlinuz-5.14.0-570.el9.x86_64` is hidden on nodes by what is mounted at `/boot`",
		}},
	},
	"allowed: empty, but for the folder of EFI": {
		"input": fixture.os_image({}),
		"files": array.concat(fixture.os_files, [{"path": "/boot/EFI", "kind": "directory"}]),
		"deny": set(),
	},
	"allowed: an extensions image": {"input": fixture.os_image({"extensions": {}}), "deny": set()},
}
