# METADATA
# title: Another Ignition config is referenced
# description: >-
#   `ignition.config` names another config to merge, or to use instead of this one. Ignition
#   follows it when a node is installed; the Machine Config Daemon ignores it. New nodes get what
#   running ones never do, and nobody sees the difference.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: Write what the other config holds into MachineConfigs.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.ignored_config_reference

import data.rollgate.lib.result

deny contains finding if {
	some reference in input.machine_config.ignition.references
	reference.scheme != ""
	finding := result.fail(reference.at, sprintf(
		"another Ignition config is %s over `%s`: new nodes follow it, running ones never do",
		[_verb(reference.replace), reference.scheme],
	))
}

_verb(true) := "put in place of this one"

_verb(false) := "merged"
