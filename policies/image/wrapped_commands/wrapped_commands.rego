# METADATA
# title: Commands are still wrapped for the build
# description: >-
#   `rpm-ostree cliwrap install-to-root` puts wrappers in the place of `rpm`, `dracut`, `grubby`
#   and others, and the programs themselves into `/usr/libexec/rpm-ostree/wrapped`. On a node, the
#   wrappers refuse or change what operators and support tools ask for.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Undo it in the step that needed it, or replace the kernel with a current `rpm-ostree` or
#     `dnf`, which need no wrappers.
#   since: 0.1.0
#   tags: [leftovers]
#   references:
#     - https://coreos.github.io/rpm-ostree/cliwrap/
package rollgate.image.wrapped_commands

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	files := image.files({"under": ["/usr/libexec/rpm-ostree/wrapped"], "kinds": ["file"], "layers": "derived"})
	count(files) > 0
	finding := result.fail(files[0].at, sprintf("commands are wrapped: %s", [image.several(files)]))
}
