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
#   parameters:
#     payload_repositories:
#       description: The repositories of the release's images, where no ClusterVersion tells them.
#       type: array
#       items: {type: string}
#       default: [quay.io/openshift-release-dev/ocp-release, quay.io/openshift-release-dev/ocp-v4.0-art-dev]
#   references:
#     - https://github.com/containers/image/blob/main/docs/containers-policy.json.5.md
#     - https://github.com/openshift/enhancements/pull/1402
package rollgate.machineconfig.payload_images_rejected

import data.rollgate.lib.result
import data.rollgate.lib.scope

deny contains finding if {
	not input.machine_config.generated
	contents := input.machine_config.ignition.files["/etc/containers/policy.json"].contents
	policy := contents.parsed
	not _accepts_a_payload(policy)
	finding := result.fail(contents.at, "no image of a release is accepted: this policy rejects `quay.io/openshift-release-dev`")
}

# One is enough: which release the nodes run is not known here.
_accepts_a_payload(policy) if {
	some repository in array.concat(data.parameters.payload_repositories, data.rollgate_tables.payload_repositories)
	requirements := _requirements(policy, repository)
	count(requirements) > 0
	count([requirement | some requirement in requirements; requirement.type == "reject"]) == 0
}

# Those of the most specific scope that the policy names, of all images, or of all transports.
_requirements(policy, repository) := requirements if {
	docker := policy.transports.docker
	chosen := scope.most_specific(object.keys(docker), repository)
	requirements := docker[chosen]
}

else := policy.transports.docker[""] if policy.transports.docker[""]

else := policy["default"]
