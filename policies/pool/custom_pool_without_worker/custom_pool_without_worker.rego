# METADATA
# title: A custom pool does not build on worker
# description: >-
#   A custom pool gets the MachineConfigs of role `worker` besides its own; without them its nodes
#   have no kubelet and no network configuration. From 4.18 on the cluster refuses such a pool.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Select the role with `operator: In` and the values `worker` and the name of the pool.
#   since: 0.1.0
#   tags: [pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/custom-pools.md
#     - https://github.com/openshift/machine-config-operator/blob/main/manifests/machineconfigcontroller/custom-machine-config-pool-selector-validatingadmissionpolicy.yaml
package rollgate.pool.custom_pool_without_worker

import data.rollgate.lib.result

deny contains finding if {
	name := input.pool.name
	not name in {"arbiter", "master", "worker"}
	selector := input.pool.machine_config_selector
	count(selector.requirements) > 0
	requirements := selector.requirements
	not _builds_on_another(requirements)
	finding := result.fail(selector.at, sprintf(
		"custom pool `%s` does not select role `worker`: its nodes would lack what every worker has",
		[name],
	))
}

_builds_on_another(requirements) if {
	some requirement in requirements
	requirement.key == _role
	_selects(requirement.operator, requirement.values)
}

_selects("In", values) if "worker" in values

# As one of its own kind: the whole control plane, or an arbiter.
_selects("In", values) if values in [["master"], ["arbiter"]]

_selects("NotIn", values) if not "worker" in values

_role := "machineconfiguration.openshift.io/role"
