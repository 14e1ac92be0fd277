package main

deny contains msg if {
	input.kind == "MachineConfig"
	config := input.spec.config
	not config.ignition.version in {"3.2.0", "3.3.0", "3.4.0", "3.5.0"}
	msg := sprintf("MachineConfig %s has Ignition version %v", [input.metadata.name, config.ignition.version])
}

deny contains msg if {
	input.spec.config.ignition.config.replace.source
	msg := sprintf("MachineConfig %s replaces its config by a remote one", [input.metadata.name])
}

deny contains msg if {
	some merged in input.spec.config.ignition.config.merge
	msg := sprintf("MachineConfig %s merges %s", [input.metadata.name, merged.source])
}

deny contains msg if {
	input.spec.config.storage.disks
	msg := sprintf("MachineConfig %s partitions disks", [input.metadata.name])
}

deny contains msg if {
	some user in input.spec.config.passwd.users
	user.name != "core"
	msg := sprintf("MachineConfig %s adds user %s", [input.metadata.name, user.name])
}
