# METADATA
# title: The config refers to another Ignition config
# description: >-
#   The Ignition config merges or is replaced by another one, which is fetched at the first boot.
#   The Machine Config Daemon ignores such references, so new nodes and running nodes of one pool
#   come to differ, and nobody has judged what the other config holds.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Copy what the other config contains into MachineConfigs.
#   since: 0.1.0
#   tags: [ignition, day-2]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.remote_ignition_reference

import data.rollgate.lib.result

deny contains finding if {
	some reference in input.machine_config.ignition.references
	message := sprintf("another Ignition config, of scheme `%s`, is %s; running nodes ignore it", [
		reference.scheme,
		_verb(reference.replace),
	])
	finding := result.fail(reference.at, message)
}

_verb(true) := "put in place of this one"

_verb(false) := "merged in"
