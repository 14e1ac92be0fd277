package main

_units contains unit if some unit in input.spec.config.systemd.units

deny contains msg if {
	some unit in _units
	unit.mask
	unit.name in {"kubelet.service", "crio.service", "sshd.service"}
	msg := sprintf("unit %s is masked", [unit.name])
}

deny contains msg if {
	some unit in _units
	unit.enabled
	not contains(unit.contents, "[Install]")
	msg := sprintf("unit %s has no [Install]", [unit.name])
}

deny contains msg if {
	some unit in _units
	not regex.match(`\.(service|socket|timer|mount|path|target|slice)$`, unit.name)
	msg := sprintf("unit %s has no known suffix", [unit.name])
}

deny contains msg if {
	some unit in _units
	some line in split(unit.contents, "\n")
	startswith(line, "ExecStart=")
	contains(line, "&&")
	msg := sprintf("unit %s uses shell syntax", [unit.name])
}

deny contains msg if {
	some unit in _units
	some line in split(unit.contents, "\n")
	startswith(line, "Exec")
	regex.match(`curl.*\| *(ba)?sh`, line)
	msg := sprintf("unit %s runs what it downloads", [unit.name])
}
