# METADATA
# title: Packages of one kernel have different versions
# description: >-
#   The kernel comes in several packages (`kernel-core`, `kernel-modules`, `kernel-modules-core`,
#   `kernel-modules-extra`), and an override that misses one of them, as those from before RHEL 9.2
#   miss `kernel-modules-core`, leaves a kernel without its modules. The node boots without network
#   or disk.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Replace all packages of the kernel that are installed with the same version.
#   since: 0.1.0
#   tags: [kernel]
#   references:
#     - https://github.com/coreos/rpm-ostree/issues/4190
package rollgate.image.mixed_kernel_packages

import data.rollgate.lib.result

deny contains finding if {
	some rpm in input.image.packages.packages
	some flavour, parts in _parts
	rpm.name in parts
	cores := _versions(concat("", [flavour, "-core"]))
	count(cores) > 0
	not _evr(rpm) in cores
	finding := result.fail(rpm.at, sprintf(
		"package `%s` has version `%s`, and its kernel `%s`",
		[rpm.name, _evr(rpm), concat("`, `", cores)],
	))
}

_parts := {flavour: parts |
	some flavour in ["kernel", "kernel-64k", "kernel-rt"]
	parts := {name |
		some part in ["", "-modules", "-modules-core", "-modules-extra"]
		name := concat("", [flavour, part])
	}
}

_versions(name) := {_evr(rpm) |
	some rpm in input.image.packages.packages
	rpm.name == name
}

_evr(rpm) := concat("-", [rpm.version, rpm.release])
