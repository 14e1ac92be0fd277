# METADATA
# title: Every node gets the same machine id
# description: >-
#   `/etc/machine-id` of the image is not empty, as a step that starts systemd or installs it
#   leaves it. Each node that is installed with it has the same id: DHCP leases, journals and what
#   else tells machines apart by it collide.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     End the step with `: > /etc/machine-id`, or with the text `uninitialized` in it.
#   since: 0.1.0
#   reads: [/etc/machine-id]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/machine-id.html
package rollgate.image.machine_id_set

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	text := trim_space(image.read("/etc/machine-id"))
	not text in {"", "uninitialized"}
	finding := result.fail(image.file("/etc/machine-id").at, "`/etc/machine-id` is set")
}
