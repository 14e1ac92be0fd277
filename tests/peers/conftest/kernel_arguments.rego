package main

# A MachineConfig that switches a mitigation off.
deny contains message if {
	input.kind == "MachineConfig"
	some argument in input.spec.kernelArguments
	startswith(argument, "mitigations=")
	message := sprintf("%s: kernel argument %s", [input.metadata.name, argument])
}

warn contains message if {
	input.kind == "MachineConfig"
	count(input.spec.kernelArguments) > 10
	message := sprintf("%s: more than 10 kernel arguments", [input.metadata.name])
}
