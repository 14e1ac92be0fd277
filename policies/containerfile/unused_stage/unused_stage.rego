# METADATA
# title: A stage is built for nothing
# description: >-
#   Neither is the last stage built on it, nor is anything copied from it. Most often a `COPY
#   --from` is missing, or names another stage.
# custom:
#   subject: containerfile
#   severity: low
#   remediation: >-
#     Copy from the stage, or remove it.
#   since: 0.1.0
#   tags: [layering]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.unused_stage

import data.rollgate.lib.result

deny contains finding if {
	some stage in input.containerfile.stages
	not stage.used
	finding := result.fail(stage.at, sprintf("nothing uses the stage of `%s`", [stage.from]))
}
