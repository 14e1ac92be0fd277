# METADATA
# title: A unit of an extension is enabled without it
# description: >-
#   The pool enables a unit that only an extension brings, and does not ask for the
#   extension. The unit does not exist on the nodes: up to about 4.20 the Machine Config
#   Daemon fails to enable it and reports them as degraded, later it passes over it and the
#   service never runs. A remediation of the Compliance Operator that names what it depends
#   on is held back until that is there, and is not judged.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Add the extension to `spec.extensions`, or remove the unit.
#   since: 0.1.0
#   tags: [extensions, systemd]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/daemon/update.go
#     - https://github.com/openshift/machine-config-operator/pull/5520
package rollgate.pool.unit_of_missing_extension

import data.rollgate.lib.member
import data.rollgate.lib.result

deny contains finding if {
	pool := input.pool
	some name, extension in _brought_by
	unit := pool.ignition.units[name]
	enabled := unit.enabled
	enabled.value
	not unit.contents.text
	not pool.os_image_url # which may bring the unit
	not _asked_for(extension)
	not member.depends_on_others(pool, enabled.at)
	finding := result.fail(enabled.at, sprintf("unit `%s` is enabled, but comes with the extension `%s`, which the pool does not get", [name, extension]))
}

_asked_for(extension) if {
	some asked in input.pool.extensions
	asked.text == extension
}

_brought_by := {
	"pacemaker.service": "two-node-ha",
	"pcsd.service": "two-node-ha",
	"sysstat.service": "sysstat",
	"usbguard.service": "usbguard",
}
