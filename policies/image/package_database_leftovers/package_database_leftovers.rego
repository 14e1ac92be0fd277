# METADATA
# title: A transaction of RPM was not finished
# description: >-
#   Beside the RPM database lies what only an open transaction has: a log, an index in memory or a
#   lock. A step was killed while it installed, or copied the database in use. What is in the log
#   is in no list of packages that reads the database alone.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Let the step end: no `timeout`, no background process; then remove `rpmdb.sqlite-wal`,
#     `rpmdb.sqlite-shm`, `.rpm.lock` and `__db.*`.
#   since: 0.1.0
#   tags: [leftovers, packages]
#   references:
#     - https://www.sqlite.org/wal.html
package rollgate.image.package_database_leftovers

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.files({"globs": _globs, "kinds": ["file"], "layers": "derived"})
	finding := result.fail(file.at, sprintf("`%s` is of a transaction that was not finished", [file.path]))
}

_globs := [pattern |
	some folder in ["/usr/lib/sysimage/rpm", "/usr/share/rpm", "/var/lib/rpm"]
	some name in ["rpmdb.sqlite-wal", "rpmdb.sqlite-shm", "__db.*"]
	pattern := concat("/", [folder, name])
]
