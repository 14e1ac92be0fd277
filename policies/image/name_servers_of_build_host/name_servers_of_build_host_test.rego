# METADATA
# title: Tests of image.name-servers-of-build-host
package rollgate.image.name_servers_of_build_host_test

import data.rollgate.lib.fixture

cases := {
	"denied: a file with text": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc/resolv.conf", "size": 40}],
		"deny": {{"at": "image/sha256:0!/etc/resolv.conf", "message": "`/etc/resolv.conf` names the name servers of the build"}},
	},
	"allowed: a link": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc/resolv.conf", "kind": "link", "target": "../run/systemd/resolve/stub-resolv.conf"}],
		"deny": set(),
	},
	"allowed: no file": {"input": fixture.os_image({}), "deny": set()},
}
