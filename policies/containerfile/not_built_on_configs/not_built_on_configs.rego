# METADATA
# title: A build in the cluster is not based on the operator's stage
# description: >-
#   The operator puts its stages before the Containerfile of a MachineOSConfig; `configs` is the
#   image of the pool with its MachineConfig. What is built on another image lacks both, and the
#   operator takes `final` for the result.
# custom:
#   subject: containerfile
#   severity: high
#   remediation: >-
#     Begin the last stage with `FROM configs AS final`.
#   since: 0.1.0
#   tags: [layering, operator]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/build/buildrequest/assets/Containerfile.on-cluster-build-template
package rollgate.containerfile.not_built_on_configs

import data.rollgate.lib.result

deny contains finding if {
	input.containerfile.on_cluster
	some stage in input.containerfile.stages
	stage.in_image
	not stage.from_stage
	finding := result.fail(stage.at, sprintf("the image is built on `%s`, not on `configs`", [stage.from]))
}

deny contains finding if {
	input.containerfile.on_cluster
	some stage in input.containerfile.stages
	stage.from == "extract"
	stage.in_image
	finding := result.fail(stage.at, "the image is built on `extract`, not on `configs`")
}

deny contains finding if {
	input.containerfile.on_cluster
	some stage in input.containerfile.stages
	stage.last
	stage.from_stage
	not stage.name == "final"
	finding := result.fail(stage.at, "the last stage is not called `final`")
}
