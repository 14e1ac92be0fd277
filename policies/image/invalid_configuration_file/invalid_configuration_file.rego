# METADATA
# title: A configuration file of the image cannot be read
# description: >-
#   A file that configures the image, as `/usr/lib/bootc/kargs.d/*.toml` does, is not what its
#   reader takes: it has no TOML, or keys that do not exist. The update fails, or goes on without
#   the settings.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Correct the file; `kargs` and `match-architectures` are lists of strings, and there are no
#     other keys.
#   since: 0.1.0
#   references:
#     - "bootc container lint: bootc-kargs"
#     - https://bootc-dev.github.io/bootc/building/kernel-arguments.html
package rollgate.image.invalid_configuration_file

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.image.problems
	problem.kind == "invalid_file"
	finding := result.fail(problem.at, problem.text)
}
