# METADATA
# title: Tests of image.build-leftovers
package rollgate.image.build_leftovers_test

import data.rollgate.lib.fixture

cases := {
	"denied: a cache and a checkout": {
		"input": fixture.os_image({}),
		"files": [
			{"path": "/var/cache/dnf/a/packages.db"},
			{"path": "/var/cache/dnf/expired_repos.json"},
			{"path": "/usr/share/example/.git/HEAD"},
		],
		"deny": {
			{"at": "image/sha256:0!/var/cache/dnf/a/packages.db", "message": "the cache of dnf: `/var/cache/dnf/a/packages.db` and 1 more"},
			{"at": "image/sha256:0!/usr/share/example/.git/HEAD", "message": "a checkout of git: `/usr/share/example/.git/HEAD`"},
		},
	},
	"allowed: of the base": {
		"input": fixture.os_image({}),
		"files": [{"path": "/var/cache/ldconfig/aux-cache", "in_base": true}],
		"deny": set(),
	},
	"allowed: no files": {"input": fixture.os_image({}), "deny": set()},
}
