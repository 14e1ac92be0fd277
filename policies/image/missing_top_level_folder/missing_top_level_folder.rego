# METADATA
# title: A folder of the system is missing
# description: >-
#   `/dev`, `/proc`, `/run`, `/sys`, `/tmp` and `/var` are folders on which filesystems are mounted
#   before anything runs. The root of a node is read-only, so that what the image lacks cannot be
#   made: the node does not boot.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Make it a plain folder again, at best in the step that removes it.
#   since: 0.1.0
#   references:
#     - "bootc container lint: api-base-directories"
#     - https://systemd.io/API_FILE_SYSTEMS/
package rollgate.image.missing_top_level_folder

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	not input.image.extensions
	some path in ["/dev", "/proc", "/run", "/sys", "/tmp", "/var"]
	not _is_directory(path)
	finding := result.fail(input.image.at, sprintf("`%s` is no folder of the image", [path]))
}

_is_directory(path) if image.file(path).kind == "directory"
