# METADATA
# title: A build in the cluster copies from a context that there is not
# description: >-
#   A MachineOSConfig is built from its text alone: there are no files beside it. COPY and ADD of a
#   path fail the build, and the pool is degraded.
# custom:
#   subject: containerfile
#   severity: high
#   remediation: >-
#     Write the file as a here-document, or copy it from an image: `COPY --from=…`.
#   since: 0.1.0
#   tags: [layering, operator]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/build/buildrequest/assets/Containerfile.on-cluster-build-template
package rollgate.containerfile.no_build_context

import data.rollgate.lib.result

deny contains finding if {
	input.containerfile.on_cluster
	some stage in input.containerfile.stages
	some instruction in stage.instructions
	not instruction.copied_from
	some source in instruction.sources
	not regex.match(`^(<<|https?://|git@)`, source)
	finding := result.fail(instruction.at, sprintf("there is no `%s`: a build in the cluster has no files", [source]))
}
