# METADATA
# title: The build left its caches and work behind
# description: >-
#   A cache, a history or a checkout of a tool of the build is in a layer. It makes each node fetch
#   it, never serves there, and tells of the system and the sources that the image was built from.
# custom:
#   subject: image
#   severity: low
#   remediation: >-
#     Remove it in the same step (`dnf clean all`, `rm -rf /var/cache/* /root/.cache`), mount the
#     cache (`RUN --mount=type=cache`), or end with `ostree container commit`.
#   since: 0.1.0
#   tags: [leftovers]
#   references:
#     - https://github.com/coreos/rpm-ostree/blob/main/docs/container.md
package rollgate.image.build_leftovers

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some folder, what in data.rollgate_tables.build_leftovers.folders
	files := image.files({"under": [folder], "kinds": ["file"], "layers": "derived"})
	count(files) > 0
	finding := result.fail(files[0].at, sprintf("%s: %s", [what, image.several(files)]))
}

deny contains finding if {
	some pattern, what in data.rollgate_tables.build_leftovers.globs
	some file in image.files({"globs": [pattern], "kinds": ["file"], "layers": "derived"})
	finding := result.fail(file.at, sprintf("%s: `%s`", [what, file.path]))
}
