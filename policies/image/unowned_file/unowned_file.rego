# METADATA
# title: A file of the system comes from no package
# description: >-
#   A layer adds files under `/usr` that no package owns. Nothing says where they are from and
#   which version they are, no scanner knows of their faults, and no update replaces them.
# custom:
#   subject: image
#   severity: low
#   remediation: >-
#     Put them into a package, or record a waiver with where they come from.
#   since: 0.1.0
#   tags: [packages, strict]
package rollgate.image.unowned_file

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	found := [file |
		some file in image.files({"under": ["/usr"], "kinds": ["file"], "layers": "derived", "owned": false})
		not strings.any_prefix_match(file.path, _made)
		not _is_index(file.path)
	]
	some layer in {file.layer | some file in found}
	files := [file | some file in found; file.layer == layer]
	finding := result.fail(files[0].at, sprintf("layer %d adds what no package owns: %s", [layer, image.several(files)]))
}

# What tools make from packages.
_made := {
	"/usr/lib/ostree-boot/",
	"/usr/lib/sysimage/",
	"/usr/share/buildinfo/",
	"/usr/share/openshift/",
	"/usr/share/rpm/",
	"/usr/share/rpm-ostree/",
}

_is_index(path) if regex.match(`^/usr/lib/modules/[^/]+/(initramfs[.]img|modules[.][^/]+)$`, path)

_is_index(path) if endswith(path, ".pyc")
