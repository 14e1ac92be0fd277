# METADATA
# title: The API version is gone from the release
# description: >-
#   The object names an API version that served its kind as a technology preview, and that the release
#   has no more: the kind is supported now, in another version. The API server refuses the object. An
#   upgrade leaves such manifests behind, and when they are applied next nothing of them arrives.
# custom:
#   subject: cluster_object
#   kinds: [ClusterImagePolicy, ImagePolicy, MachineConfigNode, MachineOSBuild, MachineOSConfig, PinnedImageSet]
#   severity: high
#   remediation: >-
#     Write the API version that the message names, and what its shape asks for.
#   since: 0.1.0
#   needs: [target.release]
#   tags: [syntax, upgrade]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/config_apis/clusterimagepolicy-config-openshift-io-v1
#     - https://github.com/openshift/api/pull/2134
#     - https://kubernetes.io/docs/reference/using-api/deprecation-policy/
package rollgate.cluster.api_version_gone

import data.rollgate.lib.result

deny contains finding if {
	subject := input.cluster_object
	[group, version] := split(subject.api_version, "/")
	span := data.rollgate_tables.api_versions[subject.kind][version]
	releases := data.rollgate_tables.releases
	releases[input.target.release].order > releases[span.to].order
	finding := result.fail(
		result.at(subject.at, ["apiVersion"]),
		sprintf(
			"release %s has no %s in `%s` any more, but in `%s/%s`",
			[input.target.release, subject.kind, subject.api_version, group, span.then],
		),
	)
}
