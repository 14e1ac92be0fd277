# METADATA
# title: An object of which there is one has another name
# description: >-
#   Of this kind the operators read one object, `cluster`. The API server refuses another name, or
#   nobody ever reads the object.
# custom:
#   subject: cluster_object
#   kinds: [Image, MachineConfiguration, OSImageStream]
#   severity: high
#   remediation: >-
#     Name the object `cluster`.
#   since: 0.1.0
#   tags: [syntax]
#   references:
#     - https://github.com/openshift/api/blob/master/operator/v1/types_machineconfiguration.go
#     - https://github.com/openshift/api/blob/master/config/v1/types_image.go
package rollgate.cluster.wrong_singleton_name

import data.rollgate.lib.result

deny contains finding if {
	name := input.cluster_object.name
	not name in {"", "cluster"}
	finding := result.fail(
		result.at(input.cluster_object.at, ["metadata", "name"]),
		sprintf("%s `%s` is read by nobody: the only one is `cluster`", [input.cluster_object.kind, name]),
	)
}
