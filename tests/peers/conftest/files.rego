package main

# Files that everyone may write.
deny_world_writable contains message if {
	input.kind == "MachineConfig"
	some file in input.spec.config.storage.files
	bits.and(file.mode, 2) != 0
	message := sprintf("%s: %s is writable by everyone", [input.metadata.name, file.path])
}
