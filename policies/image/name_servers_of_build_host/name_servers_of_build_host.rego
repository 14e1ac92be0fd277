# METADATA
# title: The name servers of the build are in the image
# description: >-
#   `/etc/resolv.conf` is a file with text, as a step leaves it that writes to what its builder
#   mounts. Nodes would ask the name servers of the network in which the image was built.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Remove it in the last step; NetworkManager writes it on each node.
#   since: 0.1.0
package rollgate.image.name_servers_of_build_host

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.files({"paths": ["/etc/resolv.conf"], "kinds": ["file"], "min_size": 1, "layers": "derived"})
	finding := result.fail(file.at, "`/etc/resolv.conf` names the name servers of the build")
}
