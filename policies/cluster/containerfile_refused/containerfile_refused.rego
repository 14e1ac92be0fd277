# METADATA
# title: A Containerfile is too long or one of several
# description: >-
#   The Containerfile of a MachineOSConfig has at most 4096 characters, and there is one for each
#   architecture. The API server refuses others. What it says is judged where the image is.
# custom:
#   subject: cluster_object
#   kinds: [MachineOSConfig]
#   severity: high
#   remediation: >-
#     Build what is long into an image of its own, and copy from that.
#   since: 0.1.0
#   tags: [layering]
#   references:
#     - https://github.com/openshift/api/blob/master/machineconfiguration/v1/types_machineosconfig.go
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/onclusterlayering-troubleshooting.md
package rollgate.cluster.containerfile_refused

import data.rollgate.lib.result

deny contains finding if {
	some index, file in input.cluster_object.spec.containerFile
	length := count(file.content)
	length > 4096
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "containerFile", index, "content"]),
		sprintf("the Containerfile has %d characters, and 4096 are taken", [length]),
	)
}

deny contains finding if {
	files := input.cluster_object.spec.containerFile
	some index, file in files
	architecture := _architecture(file)
	some earlier in array.slice(files, 0, index)
	_architecture(earlier) == architecture
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "containerFile", index]),
		sprintf("there is another Containerfile for `%s`", [architecture]),
	)
}

deny contains finding if {
	some index, file in input.cluster_object.spec.containerFile
	architecture := _architecture(file)
	not architecture in {"AMD64", "ARM64", "NoArch", "PPC64LE", "S390X"}
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "containerFile", index]),
		sprintf("there is no architecture `%v`", [architecture]),
	)
}

_architecture(file) := object.get(file, "containerfileArch", "NoArch")
