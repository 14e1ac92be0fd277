# METADATA
# title: Tests of image.package-database-leftovers
package rollgate.image.package_database_leftovers_test

import data.rollgate.lib.fixture

cases := {
	"denied: a log and an environment": {
		"input": fixture.os_image({}),
		"files": [{"path": "/usr/share/rpm/rpmdb.sqlite-wal"}, {"path": "/var/lib/rpm/__db.001"}],
		"deny": {
			{"at": "image/sha256:0!/usr/share/rpm/rpmdb.sqlite-wal", "message": "`/usr/share/rpm/rpmdb.sqlite-wal` is of a transaction that was not finished"},
			{"at": "image/sha256:0!/var/lib/rpm/__db.001", "message": "`/var/lib/rpm/__db.001` is of a transaction that was not finished"},
		},
	},
	"allowed: the database": {
		"input": fixture.os_image({}),
		"files": [{"path": "/usr/share/rpm/rpmdb.sqlite"}, {"path": "/usr/share/rpm/.rpm.lock"}],
		"deny": set(),
	},
	"allowed: no files": {"input": fixture.os_image({}), "deny": set()},
}
