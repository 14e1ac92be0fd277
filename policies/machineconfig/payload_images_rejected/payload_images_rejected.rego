# METADATA
# title: The signature policy rejects the images of OpenShift
# description: >-
#   The policy by which nodes accept images rejects what is not listed, and lists no
#   registry from which the images of OpenShift itself come. A node with it pulls no
#   platform image again: the first update, or the first node that is replaced, does not
#   come up.
# custom:
#   subject: machine_config
#   severity: critical
#   remediation: >-
#     Accept `quay.io/openshift-release-dev` under `transports.docker`, or verify it with
#     a ClusterImagePolicy and leave this file to the operator.
#   since: 0.1.0
#   tags: [images, availability]
#   references:
#     - https://github.com/containers/image/blob/main/docs/containers-policy.json.5.md
#     - https://github.com/openshift/enhancements/pull/1402
package rollgate.machineconfig.payload_images_rejected

import data.rollgate.lib.result

deny contains finding if {
	not input.machine_config.generated
	contents := input.machine_config.ignition.files["/etc/containers/policy.json"].contents
	policy := contents.parsed
	not _accepts_a_payload(policy)
	finding := result.fail(contents.at, "no image of a release is accepted: this policy rejects `quay.io/openshift-release-dev`")
}

_accepts_a_payload(policy) if {
	some repository in _payloads
	requirements := _requirements(policy, repository)
	count(requirements) > 0
	count([requirement | some requirement in requirements; requirement.type == "reject"]) == 0
}

# Those of the most specific scope that the policy names, or the default.
_requirements(policy, repository) := array.concat(
	[requirements |
		some scope in _scopes(repository)
		requirements := policy.transports.docker[scope]
	],
	[policy["default"]],
)[0]

# The repository, what it lies in, its registry, the registries of its domain, and all.
_scopes(repository) := array.concat(inside, [sprintf("*.%s", [domain]), ""]) if {
	steps := split(repository, "/")
	inside := [concat("/", array.slice(steps, 0, length)) | some length in [3, 2, 1]]
	[_, domain] := split(steps[0], ".")
}

# Where the images of OpenShift, and of OKD now and before, come from. Mirrors do not matter here:
# images keep their own names.
_payloads := {
	"quay.io/okd/scos-content",
	"quay.io/openshift-release-dev/ocp-v4.0-art-dev",
	"quay.io/openshift/okd-content",
}
