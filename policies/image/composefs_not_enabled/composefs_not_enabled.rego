# METADATA
# title: composefs is not enabled
# description: >-
#   Without `[composefs] enabled` in `/usr/lib/ostree/prepare-root.conf`, files of `/usr` are plain
#   files of the disk, which anything that may write there changes unnoticed. A file that comes
#   from the base is the choice of the base, and passes.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Leave the file as the base has it, or set `enabled = yes` in its section `[composefs]`.
#   since: 0.1.0
#   tags: [hardening]
#   references:
#     - "bootc container lint: baseimage-composefs"
#     - https://ostreedev.github.io/ostree/composefs/
package rollgate.image.composefs_not_enabled

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	not input.image.extensions
	not _enabled
	not _of_base
	finding := result.fail(input.image.at, sprintf("`%s` does not enable composefs", [_file]))
}

_enabled if {
	some setting in input.image.settings.prepare_root
	lower(setting.value) in _enabling[setting.name]
}

_enabling := {
	"composefs.enabled": {"1", "maybe", "on", "signed", "true", "verity", "y", "yes"},
	# A transient root is an overlay over composefs.
	"root.transient": {"1", "on", "true", "y", "yes"},
}

_of_base if image.file(_file).in_base

_file := "/usr/lib/ostree/prepare-root.conf"
