package main

import data.teams

default allowed = false

allowed {
	teams.names[_] == input.metadata.labels.team
}

violation[{"msg": msg}] {
	not allowed
	msg = "no known team"
}

deny[msg] {
	some i
	file := input.spec.config.storage.files[i]
	startswith(file.path, "/etc/")
	msg := sprintf("file %d: %v", [i, file.path])
}
