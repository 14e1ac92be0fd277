package main

# An object without a name, or of a name that is too long for a label.
deny contains message if {
	not input.metadata.name
	message := sprintf("a %s has no name", [input.kind])
}

violation contains {"msg": message, "length": length} if {
	length := count(input.metadata.name)
	length > 63
	message := sprintf("%s: the name has %d characters", [input.metadata.name, length])
}
