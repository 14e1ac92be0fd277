# METADATA
# title: A change cannot be made to running nodes
# description: >-
#   The change touches what Ignition does once, when a node is installed: disks, directories,
#   links, users other than `core`, and the like. The Machine Config Operator refuses it on
#   running nodes, and the pool stops rendering. Fresh installations may do it.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Take the change back. To reach new nodes only, put it into a pool of its own; to reach
#     running ones, use a systemd unit, systemd-tmpfiles or the OS image.
#   since: 0.1.0
#   needs: [target.day, pool.current]
#   tags: [ignition, day-2]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.pool.irreconcilable_change

import data.rollgate.lib.result

deny contains finding if {
	input.target.day == 2
	some change in input.pool.current.irreconcilable
	not change.kind in _judged_elsewhere
	message := sprintf("running nodes of pool `%s` cannot take this change: %s", [input.pool.name, change.text])
	finding := result.fail(change.at, message)
}

# `pool.fips-toggled`, `pool.appended-file` and `machineconfig.force-file` say what to do.
_judged_elsewhere := {"append", "fips", "force_file"}
