# METADATA
# title: Files are put where updates do not reach them
# description: >-
#   What an image has under /var, /opt, /usr/local, /home, /root, /srv or /mnt is copied to a node
#   once, when it is installed with the image, if at all. Later images change nothing there: nodes
#   that run keep the old files, or have none.
# custom:
#   subject: containerfile
#   severity: medium
#   remediation: >-
#     Put files under /usr or /etc, and have systemd make folders under /var (tmpfiles.d,
#     StateDirectory).
#   since: 0.1.0
#   tags: [filesystem, layering]
#   references:
#     - https://bootc-dev.github.io/bootc/filesystem.html
package rollgate.containerfile.files_not_updated

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some instruction in containerfile.instructions(input.containerfile)
	path := instruction.destination
	regex.match(_not_updated, path)
	finding := result.fail(instruction.at, sprintf("`%s` is not updated on nodes that run", [path]))
}

deny contains finding if {
	some command in containerfile.commands(input.containerfile)
	some path in object.get(command, "writes", [])
	regex.match(_not_updated, path)
	finding := result.fail(command.at, sprintf("`%s` is not updated on nodes that run", [path]))
}

_not_updated := `^(/var/([^ctr]|cache/.|roothome|t[^m])|/(opt|home|root|srv|mnt|usr/local)(/|$))`
