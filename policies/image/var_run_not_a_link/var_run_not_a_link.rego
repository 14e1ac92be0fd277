# METADATA
# title: "`/var/run` is no link"
# description: >-
#   Programs find each other through `/run`, and old ones through `/var/run`, which is a link to
#   it. Where an image has a folder there, as `mkdir -p` and some packages leave one, sockets and
#   process ids of the two are apart.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Remove `/var/run` in the step that makes it, and link it to `/run`.
#   since: 0.1.0
#   references:
#     - "bootc container lint: var-run"
package rollgate.image.var_run_not_a_link

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	file := image.file("/var/run")
	file.kind != "link"
	finding := result.fail(file.at, "`/var/run` is no symbolic link to `/run`")
}
