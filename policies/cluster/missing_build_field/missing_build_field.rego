# METADATA
# title: A MachineOSConfig does not say how to build
# description: >-
#   A MachineOSConfig needs a pool, a builder, a place to push the image to, and the secret to push
#   it with. The API server refuses one without. The shape of v1alpha1, with `buildInputs`, has been
#   served as tech preview only.
# custom:
#   subject: cluster_object
#   kinds: [MachineOSConfig]
#   severity: high
#   remediation: >-
#     Write the missing field; move what stands under `buildInputs` and `buildOutputs` up.
#   since: 0.1.0
#   tags: [layering]
#   references:
#     - https://github.com/openshift/api/blob/master/machineconfiguration/v1/types_machineosconfig.go
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/onclusterlayering-troubleshooting.md
package rollgate.cluster.missing_build_field

import data.rollgate.lib.result

deny contains finding if {
	input.cluster_object.api_version == "machineconfiguration.openshift.io/v1"
	some path in _needed
	object.get(input.cluster_object, array.concat(["spec"], path), "") in ["", null]
	finding := result.fail(
		result.at(input.cluster_object.at, array.concat(["spec"], path)),
		sprintf("`spec.%s` is missing", [concat(".", path)]),
	)
}

deny contains finding if {
	input.cluster_object.api_version == "machineconfiguration.openshift.io/v1"
	builder := input.cluster_object.spec.imageBuilder.imageBuilderType
	not builder in {"", "Job", null}
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "imageBuilder", "imageBuilderType"]),
		sprintf("there is no builder `%v`: write `Job`", [builder]),
	)
}

_needed := [
	["imageBuilder", "imageBuilderType"],
	["machineConfigPool", "name"],
	["renderedImagePushSecret", "name"],
	["renderedImagePushSpec"],
]
