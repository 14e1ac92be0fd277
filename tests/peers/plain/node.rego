package main

deny contains msg if {
	some argument in input.spec.kernelArguments
	argument in {"mitigations=off", "nopti", "selinux=0", "enforcing=0"}
	msg := sprintf("kernel argument %s weakens the node", [argument])
}

deny contains msg if {
	some argument in input.spec.kernelArguments
	contains(argument, " ")
	msg := sprintf("kernel argument %s has a space", [argument])
}

deny contains msg if {
	input.kind == "MachineConfig"
	image := input.spec.osImageURL
	image != ""
	not contains(image, "@sha256:")
	msg := sprintf("image %s is not pinned", [image])
}

deny contains msg if {
	some extension in input.spec.extensions
	not extension in {"usbguard", "kerberos", "kernel-devel", "sandboxed-containers", "ipsec", "wasm", "sysstat"}
	msg := sprintf("extension %s is not known", [extension])
}

deny contains msg if {
	input.kind == "MachineConfig"
	kernel := input.spec.kernelType
	not kernel in {"", "default", "realtime", "64k-pages"}
	msg := sprintf("kernelType %s is not known", [kernel])
}
