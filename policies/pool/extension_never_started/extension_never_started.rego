# METADATA
# title: An extension is installed, but never started
# description: >-
#   The pool installs USBGuard or IPsec and starts it by no unit. The extension brings the
#   packages and leaves the service off, so no device is guarded and nothing is encrypted.
# custom:
#   subject: pool
#   severity: low
#   remediation: >-
#     Enable the service under `systemd.units`, once its configuration is written, or remove
#     the extension.
#   since: 0.1.0
#   tags: [extensions]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/machine_configuration/index
package rollgate.pool.extension_never_started

import data.rollgate.lib.result
import data.rollgate.lib.unit

deny contains finding if {
	pool := input.pool
	some extension in input.pool.extensions
	service := _services[extension.text]
	not pool.os_image_url # which may start it
	not _started(pool, service)
	finding := result.fail(extension.at, sprintf(
		"extension `%s` is installed, but no MachineConfig of the pool enables `%s.service`",
		[extension.text, service],
	))
}

_started(pool, service) if pool.ignition.units[concat("", [service, ".service"])].enabled

# By another unit, as the Cluster Network Operator does.
_started(pool, service) if {
	some other in pool.ignition.units
	some entry in unit.entries(other)
	contains(entry.value, service)
}

# Those that serve nothing until they are started.
_services := {"ipsec": "ipsec", "usbguard": "usbguard"}
