# METADATA
# title: A link into `/var` was replaced by a folder
# description: >-
#   `/opt`, `/usr/local`, `/home`, `/root`, `/srv` and `/mnt` are links into `/var` in the base, so
#   that nodes can write there. A layer replaces one with a folder, as `COPY` over it does: what
#   nodes have there is out of reach after the update, and can no longer be written.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Put the files under `/usr/lib/<name>` or `/usr/share/<name>`, and link to them from
#     `tmpfiles.d`.
#   since: 0.1.0
#   references:
#     - https://bootc-dev.github.io/bootc/filesystem.html
package rollgate.image.state_link_replaced

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some link in image.files({"paths": _links, "kinds": ["link"], "removed": true})
	file := image.file(link.path)
	file.kind == "directory"
	finding := result.fail(file.at, sprintf("`%s` is a folder, and a link to `%s` in the base", [file.path, link.target]))
}

_links := ["/home", "/mnt", "/opt", "/root", "/srv", "/usr/local"]
