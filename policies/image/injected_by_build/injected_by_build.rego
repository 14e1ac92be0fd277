# METADATA
# title: The build left an empty file
# description: >-
#   Builders mount `/etc/hostname` and `/etc/resolv.conf` into a step, and what remains of them in
#   the layer is an empty file. On the node it hides what its network or its installation would
#   have set.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Remove it in the last step: `rm /etc/hostname /etc/resolv.conf` in a build that does not
#     mount them, or rebuild with a current builder.
#   since: 0.1.0
#   references:
#     - "bootc container lint: buildah-injected"
package rollgate.image.injected_by_build

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.files({"paths": ["/etc/hostname", "/etc/resolv.conf"], "kinds": ["file"]})
	object.get(file, "size", 0) == 0
	finding := result.fail(file.at, sprintf("`%s` is empty, as builds leave it", [file.path]))
}
