# METADATA
# title: Packages are installed and their caches left
# description: >-
#   What a package manager downloads stays in the layer, and under /var on every node, unless the
#   same RUN removes it. `ostree container commit` does, and so does `dnf clean all`.
# custom:
#   subject: containerfile
#   severity: low
#   remediation: >-
#     End the RUN with `dnf clean all && ostree container commit`, or mount a cache on /var/cache.
#   since: 0.1.0
#   tags: [layering]
#   references:
#     - https://coreos.github.io/rpm-ostree/container/#using-ostree-container-commit
package rollgate.containerfile.package_caches_left

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some instruction in containerfile.instructions(input.containerfile)
	some command in instruction.commands
	containerfile.name(command) in {"dnf", "dnf5", "microdnf", "rpm-ostree", "yum"}
	not containerfile.changes_packages(command) in {"erase", "remove", "uninstall"}
	not _cleaned(instruction)
	finding := result.fail(command.at, sprintf("`%s` leaves its caches in the layer", [containerfile.quoted(command)]))
}

_cleaned(instruction) if {
	some command in instruction.commands
	_cleans(containerfile.name(command), containerfile.arguments(command))
}

_cleaned(instruction) if {
	some mount in instruction.mounts
	regex.match(`type=(cache|tmpfs)`, mount)
	regex.match(`(dst|destination|target)=/var(/cache[^,]*)?(,|$)`, mount)
}

_cleans("ostree", arguments) if array.slice(arguments, 0, 2) == ["container", "commit"]

_cleans(name, arguments) if {
	name in {"dnf", "dnf5", "microdnf", "rpm-ostree", "yum"}
	arguments[0] in {"clean", "cleanup"}
}

_cleans("rm", arguments) if {
	some path in arguments
	regex.match(`^/var(/cache(/.*)?|/\*)?$`, path)
}
