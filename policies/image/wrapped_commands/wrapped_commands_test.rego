# METADATA
# title: Tests of image.wrapped-commands
package rollgate.image.wrapped_commands_test

import data.rollgate.lib.fixture

cases := {
	"denied: wrapped": {
		"input": fixture.os_image({}),
		"files": [{"path": "/usr/libexec/rpm-ostree/wrapped/dracut"}, {"path": "/usr/libexec/rpm-ostree/wrapped/rpm"}],
		"deny": {{
			"at": "image/sha256:0!/usr/libexec/rpm-ostree/wrapped/dracut",
			"message": "commands are wrapped: `/usr/libexec/rpm-ostree/wrapped/dracut` and 1 more",
		}},
	},
	"allowed: of the base": {
		"input": fixture.os_image({}),
		"files": [{"path": "/usr/libexec/rpm-ostree/wrapped/rpm", "in_base": true}],
		"deny": set(),
	},
	"allowed: no files": {"input": fixture.os_image({}), "deny": set()},
}
