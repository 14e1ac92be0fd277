# METADATA
# title: Tests of image.unmerged-configuration
package rollgate.image.unmerged_configuration_test

import data.rollgate.lib.fixture

cases := {
	"denied: both kinds": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc/chrony.conf.rpmnew"}, {"path": "/etc/ssh/sshd_config.rpmsave"}],
		"deny": {
			{"at": "image/sha256:0!/etc/chrony.conf.rpmnew", "message": "`/etc/chrony.conf.rpmnew` waits to be merged"},
			{"at": "image/sha256:0!/etc/ssh/sshd_config.rpmsave", "message": "`/etc/ssh/sshd_config.rpmsave` waits to be merged"},
		},
	},
	"allowed: of the base, and elsewhere": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc/passwd.rpmnew", "in_base": true}, {"path": "/usr/share/doc/a.rpmnew"}],
		"deny": set(),
	},
	"allowed: no files": {"input": fixture.os_image({}), "deny": set()},
}
