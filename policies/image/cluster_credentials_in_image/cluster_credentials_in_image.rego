# METADATA
# title: Credentials of a cluster are in the image
# description: >-
#   A kubeconfig with a token or key is in a layer, or the certificates of a kubelet. Whoever may
#   pull the image acts on the cluster in its name; and all nodes of the image would be the same
#   node.
# custom:
#   subject: image
#   severity: critical
#   remediation: >-
#     Build the image anew without the layer, and revoke the token or certificate. A node gets its
#     own when it joins.
#   since: 0.1.0
#   tags: [secrets]
package rollgate.image.cluster_credentials_in_image

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.secret_files("cluster_credentials")
	removal := image.removal(object.get(file, "removed", false))
	finding := result.fail(file.at, sprintf("`%s` is in the image: credentials of a cluster%s", [file.path, removal]))
}

deny contains finding if {
	some secret in input.image.secrets
	secret.kind == "kubeconfig"
	removal := image.removal(object.get(secret, "removed", false))
	finding := result.fail(secret.at, sprintf("`%s` is in the image: credentials of a cluster%s", [secret.path, removal]))
}
