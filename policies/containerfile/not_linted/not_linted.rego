# METADATA
# title: An image is built without being linted
# description: >-
#   bootc looks at the end of a build for what would break nodes: two kernels, /var/run that is a
#   folder, files under /var that nobody makes.
# custom:
#   subject: containerfile
#   severity: low
#   remediation: >-
#     End the Containerfile with `RUN bootc container lint`.
#   since: 0.1.0
#   tags: [layering, strict]
#   references:
#     - https://bootc-dev.github.io/bootc/man/bootc-container-lint.8.html
package rollgate.containerfile.not_linted

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	count(input.containerfile.stages) > 0
	not _linted
	finding := result.fail(input.containerfile.at, "`bootc container lint` is not run")
}

_linted if {
	some command in containerfile.commands(input.containerfile)
	containerfile.name(command) == "bootc"
	array.slice(containerfile.arguments(command), 0, 2) == ["container", "lint"]
}
