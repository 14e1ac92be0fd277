# METADATA
# title: USBGuard is enabled without a rule
# description: >-
#   The pool enables USBGuard and writes no rule for it. Without a rule USBGuard blocks
#   every USB device, also those that are plugged in already: keyboards, the virtual media
#   of a management controller, disks. A remediation of the Compliance Operator that names
#   what it depends on is one of a set, which may have the rules, and is not judged.
# custom:
#   subject: pool
#   severity: medium
#   remediation: >-
#     Write `/etc/usbguard/rules.conf` or a file in `/etc/usbguard/rules.d`, with mode
#     `0600`.
#   since: 0.1.0
#   tags: [extensions, availability]
#   references:
#     - https://usbguard.github.io/documentation/configuration.html
package rollgate.pool.usbguard_without_rules

import data.rollgate.lib.ignition
import data.rollgate.lib.member
import data.rollgate.lib.result

deny contains finding if {
	pool := input.pool
	enabled := pool.ignition.units["usbguard.service"].enabled
	enabled.value
	not pool.os_image_url # which may bring rules
	not _has_rules
	not member.depends_on_others(pool, enabled.at)
	finding := result.fail(enabled.at, "USBGuard is enabled without a rule, so it blocks every USB device")
}

_has_rules if {
	some path, _ in input.pool.ignition.files
	ignition.under(path, {"/etc/usbguard/rules.conf", "/etc/usbguard/rules.d", "/etc/usbguard/usbguard-daemon.conf"})
}
