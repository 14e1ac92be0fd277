# METADATA
# title: A file is dropped when a node takes the image
# description: >-
#   The import keeps `/usr`, `/etc` and, for new nodes, `/var`. What an image has elsewhere at the
#   top is dropped in silence: what was copied to `/app` or `/data` is in the image and on no node.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Put programs and data under `/usr`, configuration under `/etc`, and let `tmpfiles.d` make
#     what has to be elsewhere.
#   since: 0.1.0
#   references:
#     - https://github.com/ostreedev/ostree-rs-ext
package rollgate.image.dropped_on_import

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	found := [file |
		some file in image.files({"kinds": ["file"], "layers": "derived", "import": ["dropped"]})
		not _top(file) in _of_other_rules
	]
	some top in {_top(file) | some file in found}
	files := [file | some file in found; _top(file) == top]
	finding := result.fail(files[0].at, sprintf("what is in `/%s` is on no node: %s", [top, image.several(files)]))
}

_of_other_rules := {"boot", "run", "tmp"}

_top(file) := split(file.path, "/")[1]
