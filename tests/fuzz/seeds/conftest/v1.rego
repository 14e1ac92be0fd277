package main

import rego.v1

deny contains message if {
	input.kind == "MachineConfig"
	not input.metadata.labels["machineconfiguration.openshift.io/role"]
	message := sprintf("%s has no role", [input.metadata.name])
}

warn_kernel contains {"msg": message, "count": n} if {
	n := count(input.spec.kernelArguments)
	n > 3
	message := "many kernel arguments"
}
