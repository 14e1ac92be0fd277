# METADATA
# title: The release does not serve the API version
# description: >-
#   The object names an API version in which this release does not serve its kind: versions
#   that were a technology preview are gone once the kind is supported. The API server refuses
#   the object. An upgrade leaves such manifests behind, and the next time that they are
#   applied nothing of them arrives.
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
package rollgate.cluster.api_version_of_another_release

import data.rollgate.lib.result

deny contains finding if {
	subject := input.cluster_object
	[group, version] := split(subject.api_version, "/")
	versions := data.rollgate_tables.api_versions[subject.kind]
	served := versions[version]
	not _within(served)
	others := [sprintf("%s/%s", [group, other]) | some other, span in versions; _within(span)]
	finding := result.fail(
		result.at(subject.at, ["apiVersion"]),
		sprintf("release %s does not serve %s in `%s`%s", [input.target.release, subject.kind, subject.api_version, _instead(others)]),
	)
}

_within(span) if {
	order := _releases[input.target.release].order
	order >= _releases[span.from].order
	not _gone(span, order)
}

_gone(span, order) if order > _releases[span.to].order

_instead(others) := sprintf(", but in `%s`", [others[0]]) if count(others) > 0

_instead([]) := ""

_releases := data.rollgate_tables.releases
