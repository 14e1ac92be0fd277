# METADATA
# title: The kernel comes from no package
# description: >-
#   A folder under `/usr/lib/modules` has a `vmlinuz` for which the RPM database has no package: it
#   was copied there, or the database was left behind. Nobody is told of its faults, and nothing
#   updates it.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Install the kernel from its packages.
#   since: 0.1.0
#   tags: [kernel]
package rollgate.image.kernel_without_package

import data.rollgate.lib.result

deny contains finding if {
	some kernel in input.image.kernels
	kernel.vmlinuz
	not kernel.in_base
	not kernel.version in _packaged
	finding := result.fail(kernel.at, sprintf("kernel `%s` is of no package", [kernel.version]))
}

_packaged contains version if {
	some rpm in input.image.packages.packages
	startswith(rpm.name, "kernel")
	evr := sprintf("%s-%s.%s", [rpm.version, rpm.release, rpm.arch])
	some suffix in ["", "+64k", "+debug", "+rt", "+rt-debug"]
	version := concat("", [evr, suffix])
}
