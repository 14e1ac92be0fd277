# METADATA
# title: An enabled repository does not check signatures
# description: >-
#   A repository of the image is enabled, and `gpgcheck` is off for it: by its own file, or because
#   neither it nor `[main]` of `/etc/dnf/dnf.conf` says anything, and the default of dnf is off.
#   Whoever can answer in its place installs what he likes, on each build and each node that layers
#   a package.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Set `gpgcheck=1` and `gpgkey` in its file, or remove the file in the step that needs it.
#   since: 0.1.0
#   reads: [/etc/dnf/dnf.conf]
#   tags: [packages]
#   references:
#     - https://dnf.readthedocs.io/en/latest/conf_ref.html
package rollgate.image.repository_without_gpgcheck

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some repository in input.image.repositories
	repository.enabled
	not _checks(repository)
	finding := result.fail(repository.at, sprintf("repository `%s` is enabled and does not check signatures", [repository.id]))
}

_checks(repository) if repository.gpgcheck

# What its file does not say, `[main]` does.
_checks(repository) if {
	object.get(repository, "gpgcheck", "unset") == "unset"
	main := image.read("/etc/dnf/dnf.conf")
	regex.match(`(?mi)^[ \t]*gpgcheck[ \t]*=[ \t]*(1|true|yes|on)[ \t]*$`, main)
}
