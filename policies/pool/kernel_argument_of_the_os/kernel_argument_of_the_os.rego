# METADATA
# title: A kernel argument belongs to the operating system
# description: >-
#   A kernel argument is one that the operating system sets for each boot entry: which
#   deployment to start, where its root filesystem is, on which platform it runs, or whether
#   this is the first boot. The last of two wins, so the node starts an old deployment, runs
#   Ignition again, or finds no root filesystem.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Remove the argument. For multipath, `root=/dev/disk/by-label/dm-mpath-root` is what
#     is documented.
#   since: 0.1.0
#   tags: [kernel, availability]
#   references:
#     - https://ostreedev.github.io/ostree/deployment/
#     - https://docs.fedoraproject.org/en-US/fedora-coreos/kernel-args/
package rollgate.pool.kernel_argument_of_the_os

import data.rollgate.lib.result

deny contains finding if {
	some argument in input.pool.kernel_arguments
	some word in split(argument.text, " ")
	regex.match(`^(ostree=|root=|boot=UUID=|ignition\.(firstboot|platform\.id=))`, word)
	word != "root=/dev/disk/by-label/dm-mpath-root"
	finding := result.fail(argument.at, sprintf("kernel argument `%s` is set by the operating system for each boot entry", [word]))
}
