# METADATA
# title: An image cannot be pushed to where it is meant to be
# description: >-
#   renderedImagePushSpec of a MachineOSConfig is a registry, a repository and a tag. The API server
#   refuses anything else; a digest is not known before the image is built.
# custom:
#   subject: cluster_object
#   kinds: [MachineOSConfig]
#   severity: high
#   remediation: >-
#     Write `registry.example.com/team/os:latest`, or
#     `registry.namespace.svc:5000/namespace/os:latest`.
#   since: 0.1.0
#   tags: [layering]
#   references:
#     - https://github.com/openshift/api/blob/master/machineconfiguration/v1/types_machineosconfig.go
package rollgate.cluster.invalid_push_spec

import data.rollgate.lib.result

deny contains finding if {
	spec := input.cluster_object.spec.renderedImagePushSpec
	not spec in ["", null]
	not _pushable(spec)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "renderedImagePushSpec"]),
		sprintf("`%v` is no registry with a domain, repository and tag", [spec]),
	)
}

_pushable(spec) if {
	count(spec) <= 447
	regex.match(`^([a-zA-Z0-9-]+[.])+[a-zA-Z0-9-]+(:[0-9]{2,5})?(/[a-zA-Z0-9_-]{1,61})*/[a-zA-Z0-9_.-]+:[a-zA-Z0-9._-]+$`, spec)
}

_pushable(spec) if regex.match(`^[^.]+[.][^.]+[.]svc:[0-9]+/[^/]+/[^/]+:[^/]+$`, spec)
