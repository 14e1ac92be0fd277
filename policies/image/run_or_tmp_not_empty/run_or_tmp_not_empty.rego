# METADATA
# title: Something is in `/run` or `/tmp`
# description: >-
#   Filesystems in memory are mounted over `/run` and `/tmp`, and the import drops in silence what
#   an image has there. What was put there on purpose does not reach a node; the rest is left over
#   from the build.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Remove it in the step that makes it; put what nodes need under `/usr`, and let `tmpfiles.d`
#     make the rest.
#   since: 0.1.0
#   tags: [leftovers]
#   references:
#     - "bootc container lint: nonempty-run-tmp"
package rollgate.image.run_or_tmp_not_empty

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.files({"under": ["/run", "/tmp"], "kinds": ["file", "link"]})
	not _of_builder(file.path)
	finding := result.fail(file.at, sprintf("`%s` is in the image, and on no node", [file.path]))
}

# What builders mount into each step, and secrets, which have a rule of their own.
_of_builder(path) if {
	some prefix in ["/run/.containerenv", "/run/secrets/", "/run/systemd/resolve/"]
	startswith(path, prefix)
}
