# METADATA
# title: Credentials of a registry are in the image
# description: >-
#   A pull secret is in a layer. Whoever may pull the image, and every process of a node that may
#   read the file, has the credentials; a later `rm` hides them from the node and not from the
#   registry.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Give it to the step that needs it (`--authfile`, `--secret`), build the image anew without
#     the layer, and revoke the credentials. Nodes get theirs from the pull secret of the cluster.
#   since: 0.1.0
#   tags: [secrets]
#   references:
#     - https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md
package rollgate.image.registry_credentials_in_image

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.secret_files("registry_credentials")
	removal := image.removal(object.get(file, "removed", false))
	finding := result.fail(file.at, sprintf("`%s` is in the image: credentials of registries%s", [file.path, removal]))
}

deny contains finding if {
	some secret in input.image.secrets
	secret.kind == "registry_credentials"
	removal := image.removal(object.get(secret, "removed", false))
	finding := result.fail(secret.at, sprintf("`%s` is in the image: credentials of registries%s", [secret.path, removal]))
}
