package main

deny contains msg if {
	not input.metadata.name
	msg := "the object has no name"
}

deny contains msg if {
	input.kind == "MachineConfig"
	not input.metadata.labels["machineconfiguration.openshift.io/role"]
	msg := sprintf("MachineConfig %s has no role", [input.metadata.name])
}

deny contains msg if {
	input.kind == "MachineConfig"
	not regex.match(`^[0-9]{2}-`, input.metadata.name)
	msg := sprintf("MachineConfig %s does not begin with two digits", [input.metadata.name])
}

deny contains msg if {
	input.kind == "MachineConfig"
	input.apiVersion != "machineconfiguration.openshift.io/v1"
	msg := sprintf("MachineConfig %s has another apiVersion", [input.metadata.name])
}

deny contains msg if {
	input.kind == "MachineConfigPool"
	input.spec.paused
	msg := sprintf("pool %s is paused", [input.metadata.name])
}
