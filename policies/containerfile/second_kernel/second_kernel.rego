# METADATA
# title: A kernel is installed beside the one that is there
# description: >-
#   An image may hold one kernel. With two, which one a node boots is chance, and `bootc container
#   lint` refuses the image.
# custom:
#   subject: containerfile
#   severity: high
#   remediation: >-
#     Remove the kernel that is there in the same RUN, or use `rpm-ostree override replace`.
#   since: 0.1.0
#   tags: [kernel, layering]
#   references:
#     - https://github.com/bootc-dev/bootc/blob/main/crates/lib/src/lints.rs
package rollgate.containerfile.second_kernel

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some command in containerfile.commands(input.containerfile)
	containerfile.name(command) in {"dnf", "dnf5", "microdnf", "rpm", "yum"}
	some written in containerfile.installs(command)
	name := containerfile.package_name(written)
	name in _kernels
	not _removed
	finding := result.fail(command.at, sprintf("`%s` is installed, and the kernel of the base image is not removed", [name]))
}

_removed if {
	some command in containerfile.commands(input.containerfile)
	containerfile.changes_packages(command) in {"--erase", "-e", "erase", "override", "remove", "swap", "uninstall"}
	some word in containerfile.arguments(command)
	startswith(word, "kernel")
}

_kernels := {"kernel", "kernel-64k", "kernel-64k-core", "kernel-core", "kernel-rt", "kernel-rt-core"}
