# METADATA
# title: kernel-devel is of another kernel
# description: >-
#   What is built against `kernel-devel` loads into the kernel of the same version only. Drivers
#   that operators build on the node against the headers of the image then do not load.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Install `kernel-devel` of the version that the image has as `kernel-core`.
#   since: 0.1.0
#   tags: [kernel]
package rollgate.image.kernel_devel_mismatch

import data.rollgate.lib.result

deny contains finding if {
	some rpm in input.image.packages.packages
	some flavour in ["kernel", "kernel-64k", "kernel-rt"]
	rpm.name in {concat("", [flavour, "-devel"]), concat("", [flavour, "-devel-matched"])}
	cores := _versions(concat("", [flavour, "-core"]))
	count(cores) > 0
	not _evr(rpm) in cores
	finding := result.fail(rpm.at, sprintf(
		"package `%s` has version `%s`, and the kernel `%s`",
		[rpm.name, _evr(rpm), concat("`, `", cores)],
	))
}

_versions(name) := {_evr(rpm) |
	some rpm in input.image.packages.packages
	rpm.name == name
}

_evr(rpm) := concat("-", [rpm.version, rpm.release])
