# METADATA
# title: Two mirror sets disagree about a source
# description: >-
#   Two mirror sets give one source different mirrorSourcePolicy: one lets nodes ask the source
#   itself, the other does not. The Machine Config Operator refuses all mirror sets then, and stops
#   writing the registries of nodes.
# custom:
#   subject: cluster_object
#   kinds: [ImageContentSourcePolicy, ImageDigestMirrorSet, ImageTagMirrorSet]
#   severity: high
#   remediation: >-
#     Give the source the same `mirrorSourcePolicy` in every set; `AllowContactingSource` is the
#     default.
#   since: 0.1.0
#   tags: [registry]
#   references:
#     - https://github.com/openshift/api/blob/master/config/v1/types_image_digest_mirror_set.go
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/container-runtime-config/helpers.go
package rollgate.cluster.contradicted_mirror_source

import data.rollgate.lib.result

deny contains finding if {
	some source in input.cluster_object.contradicted_sources
	finding := result.fail_with(
		source.at,
		sprintf("`%s` has the policy `%s` here, and `%s` in another set", [source.source, source.policy, source.other_policy]),
		{"related": [{"label": "the other set", "at": source.other_at}]},
	)
}
