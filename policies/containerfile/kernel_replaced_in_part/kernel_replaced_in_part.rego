# METADATA
# title: A kernel is replaced without all of its parts
# description: >-
#   The packages of a kernel belong together: with kernel-core of one version and its modules of
#   another, a node boots without drivers, or not at all. From RHEL 9.2 on, kernel-modules-core is
#   one of them.
# custom:
#   subject: containerfile
#   severity: high
#   remediation: >-
#     Replace all packages of the kernel by those of one version.
#   since: 0.1.0
#   tags: [kernel, layering]
#   references:
#     - https://github.com/coreos/rpm-ostree/issues/4190
package rollgate.containerfile.kernel_replaced_in_part

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some command in containerfile.commands(input.containerfile)
	containerfile.name(command) == "rpm-ostree"
	words := containerfile.arguments(command)
	array.slice(words, 0, 2) == ["override", "replace"]
	replaced := {containerfile.package_name(word) | some word in array.slice(words, 2, count(words))}
	count(replaced & _parts) > 0
	missing := _parts - replaced
	count(missing) > 0
	finding := result.fail(command.at, sprintf("the kernel is replaced without %s", [concat(", ", [sprintf("`%s`", [part]) | some part in sort(missing)])]))
}

_parts := {part | some part in data.rollgate_tables.kernel_packages}
