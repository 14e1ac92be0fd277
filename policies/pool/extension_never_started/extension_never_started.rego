# METADATA
# title: An extension is installed, but never started
# description: >-
#   The pool installs USBGuard and does not enable its service. The extension brings the
#   package and leaves the service off, so no device is guarded.
# custom:
#   subject: pool
#   severity: low
#   remediation: >-
#     Enable `usbguard.service` under `systemd.units`, once the rules are written.
#   since: 0.1.0
#   tags: [extensions]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/machine_configuration/index
package rollgate.pool.extension_never_started

import data.rollgate.lib.result

deny contains finding if {
	some extension in input.pool.extensions
	extension.text == "usbguard"
	not input.pool.ignition.units["usbguard.service"].enabled
	not input.pool.os_image_url # which may start it
	finding := result.fail(extension.at, "extension `usbguard` is installed, but no MachineConfig of the pool enables `usbguard.service`")
}
