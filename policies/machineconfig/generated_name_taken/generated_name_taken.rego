# METADATA
# title: A MachineConfig takes a name of the operator
# description: >-
#   The MachineConfig has a name under which the Machine Config Operator writes one of its
#   own, but was not made by it. The operator overwrites it, or removes it as a leftover;
#   until then what the operator means to write is missing from the pool.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Choose a name of your own, such as `99-worker-site`.
#   since: 0.1.0
#   tags: [operator]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/kubelet-config/helpers.go
package rollgate.machineconfig.generated_name_taken

import data.rollgate.lib.result

deny contains finding if {
	machine_config := input.machine_config
	not machine_config.generated
	machine_config.role # else it is none that a pool could select, but a copy of what runs
	regex.match(_names, machine_config.name)
	finding := result.fail(machine_config.at, sprintf("the name `%s` is one that the Machine Config Operator gives", [machine_config.name]))
}

_names := concat("|", [
	`^00-(arbiter|master|worker)$`,
	`^01-(arbiter|master|worker)-(container-runtime|kubelet)$`,
	`^9[789]-.+-generated-(containerruntime|crio|imagepolicies|kubelet|registries)(-.*)?$`,
	`^rendered-.+-[0-9a-f]{32}$`,
])
