# METADATA
# title: The modules of a kernel are not indexed
# description: >-
#   A kernel has no `modules.dep`, which `depmod` writes and without which `modprobe` finds no
#   module: no network card, no filesystem but those built in.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Run `depmod -a <version>` in the step that brings the kernel or its modules.
#   since: 0.1.0
#   tags: [kernel]
#   references:
#     - https://man7.org/linux/man-pages/man8/depmod.8.html
package rollgate.image.depmod_not_run

import data.rollgate.lib.result

deny contains finding if {
	some kernel in input.image.kernels
	kernel.vmlinuz
	not kernel.modules_dep
	finding := result.fail(kernel.at, sprintf("kernel `%s` has no `modules.dep`", [kernel.version]))
}
