# METADATA
# title: The bytecode of a Python module was written anew
# description: >-
#   A step of the build ran Python as root, and it wrote the `.pyc` files of packages anew. They
#   differ with each build, so that every node fetches a layer that says nothing new, and `rpm
#   --verify` fails.
# custom:
#   subject: image
#   severity: low
#   remediation: >-
#     Set `PYTHONDONTWRITEBYTECODE=1` in the step, or remove what it wrote.
#   since: 0.1.0
#   tags: [leftovers]
#   references:
#     - https://github.com/ostreedev/ostree/issues/1469
package rollgate.image.modified_bytecode

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	found := image.files({"globs": ["**/*.pyc"], "layers": "derived", "modified": true})
	some layer in {file.layer | some file in found}
	files := [file | some file in found; file.layer == layer]
	finding := result.fail(files[0].at, sprintf("layer %d writes bytecode anew: %s", [layer, image.several(files)]))
}
