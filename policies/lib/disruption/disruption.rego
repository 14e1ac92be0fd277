# METADATA
# title: The node disruption policies of a MachineConfiguration
package rollgate.lib.disruption

# policies lists the actions of every policy in a `spec`, each with the path of the policy in it.
policies(spec) := _listed(spec) | _of_keys(spec)

_listed(spec) := {{"path": ["spec", "nodeDisruptionPolicy", field, index], "actions": policy.actions} |
	some field in {"files", "units"}
	some index, policy in spec.nodeDisruptionPolicy[field]
}

_of_keys(spec) := {{"path": ["spec", "nodeDisruptionPolicy", "sshkey"], "actions": actions} |
	actions := spec.nodeDisruptionPolicy.sshkey.actions
}
