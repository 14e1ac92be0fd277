# METADATA
# title: The entitlement of a subscription is in the image
# description: >-
#   The certificate and key with which the build fetched packages are in a layer. Whoever may pull
#   the image uses the subscription in its name; a later `rm` hides them from the node and not from
#   him.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Mount them into the step (`--secret`, or the builder of OpenShift), build the image anew
#     without the layer, and revoke the entitlement.
#   since: 0.1.0
#   tags: [secrets]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/builds_using_buildconfig/running-entitled-builds
package rollgate.image.entitlement_in_image

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.secret_files("entitlement")
	removal := image.removal(object.get(file, "removed", false))
	finding := result.fail(file.at, sprintf("`%s` is in the image: an entitlement%s", [file.path, removal]))
}
