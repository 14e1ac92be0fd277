package main

_files contains file if some file in input.spec.config.storage.files

deny contains msg if {
	some file in _files
	not startswith(file.path, "/")
	msg := sprintf("file %s is not absolute", [file.path])
}

deny contains msg if {
	some file in _files
	some top in {"/usr/", "/bin/", "/lib/", "/sbin/"}
	startswith(file.path, top)
	msg := sprintf("file %s is on a read-only filesystem", [file.path])
}

deny contains msg if {
	some file in _files
	some top in {"/run/", "/tmp/", "/dev/", "/proc/", "/sys/"}
	startswith(file.path, top)
	msg := sprintf("file %s does not survive a reboot", [file.path])
}

deny contains msg if {
	some file in _files
	file.mode > 511
	msg := sprintf("file %s has special bits", [file.path])
}

deny contains msg if {
	some file in _files
	bits.and(file.mode, 2) != 0
	msg := sprintf("file %s is writable by all", [file.path])
}

deny contains msg if {
	some file in _files
	not startswith(file.contents.source, "data:")
	msg := sprintf("file %s is fetched from elsewhere", [file.path])
}

deny contains msg if {
	some file in _files
	file.append
	msg := sprintf("file %s is appended to", [file.path])
}

deny contains msg if {
	some file in _files
	file.path in {"/etc/shadow", "/etc/passwd", "/etc/group", "/etc/fstab"}
	msg := sprintf("file %s belongs to the system", [file.path])
}

deny contains msg if {
	some file in _files
	regex.match(`^/etc/(pki|ssh)/.*key`, file.path)
	msg := sprintf("file %s is a key", [file.path])
}

deny contains msg if {
	paths := [file.path | some file in input.spec.config.storage.files]
	count(paths) != count({path | some path in paths})
	msg := sprintf("MachineConfig %s lists a file twice", [input.metadata.name])
}
