# METADATA
# title: The image is of another release of OpenShift
# description: >-
#   os-release names the release of OpenShift for which the operating system was built. A node of
#   another release has another kubelet and another runtime than the control plane expects.
# custom:
#   subject: image
#   needs: [target.release]
#   severity: high
#   remediation: >-
#     Build the image on the image of the release that the cluster has.
#   since: 0.1.0
#   tags: [image, layering, upgrade]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.image.release_mismatch

import data.rollgate.lib.result

deny contains finding if {
	os := input.image.os_release
	version := os.fields.OPENSHIFT_VERSION
	version != input.target.release
	finding := result.fail(os.at, sprintf("the image is of OpenShift %s, and the cluster of %s", [version, input.target.release]))
}
