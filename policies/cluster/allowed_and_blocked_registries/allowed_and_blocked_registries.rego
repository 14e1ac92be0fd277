# METADATA
# title: Registries are both allowed and blocked
# description: >-
#   The Image config lists allowed registries and blocked ones. The Machine Config Operator takes
#   one list or the other: with both it stops writing the registries of nodes altogether, and each
#   later change waits.
# custom:
#   subject: cluster_object
#   kinds: [Image]
#   severity: high
#   remediation: >-
#     Keep one list. Where registries are allowed by name, all others are refused anyway.
#   since: 0.1.0
#   tags: [registry]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/pkg/controller/container-runtime-config/helpers.go
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/images/image-configuration
package rollgate.cluster.allowed_and_blocked_registries

import data.rollgate.lib.result

deny contains finding if {
	sources := input.cluster_object.spec.registrySources
	count(sources.allowedRegistries) > 0
	count(sources.blockedRegistries) > 0
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "registrySources", "blockedRegistries"]),
		"registries are blocked beside `allowedRegistries`: the operator takes one list or the other",
	)
}
