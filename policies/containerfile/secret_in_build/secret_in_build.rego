# METADATA
# title: A secret is written into the image
# description: >-
#   What an instruction names or copies is in a layer, or in the history of the image, for everyone
#   who may pull it; removing the file later does not take it out.
# custom:
#   subject: containerfile
#   severity: high
#   remediation: >-
#     Mount it where it is needed: `RUN --mount=type=secret,id=…`. A secret that was pushed has to
#     be replaced.
#   since: 0.1.0
#   tags: [access, layering]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.secret_in_build

import data.rollgate.lib.result

deny contains finding if {
	some stage in input.containerfile.stages
	some instruction in stage.instructions
	some pair in instruction.pairs
	contains(pair.text, "<masked>")
	finding := result.fail(pair.at, sprintf("`%s %s` holds a secret", [instruction.keyword, split(pair.text, "=")[0]]))
}

deny contains finding if {
	some pair in array.concat(_arguments, object.get(input.containerfile, "arguments", []))
	name := split(pair.text, "=")[0]
	not contains(pair.text, "<masked>")
	regex.match(`(?i)(password|passwd|token|secret|api_?key|private_?key|credentials?)$`, name)
	finding := result.fail(pair.at, sprintf("`ARG %s` leaves a secret in the history of the image", [name]))
}

deny contains finding if {
	some stage in input.containerfile.stages
	some instruction in stage.instructions
	not instruction.pairs
	contains(instruction.text, "<masked>")
	finding := result.fail(instruction.at, sprintf("`%s` holds a secret", [instruction.keyword]))
}

deny contains finding if {
	some stage in input.containerfile.stages
	some instruction in stage.instructions
	some path in array.concat(object.get(instruction, "sources", []), [path | path := instruction.destination])
	regex.match(_secret_path, path)
	finding := result.fail(instruction.at, sprintf("`%s` is copied into a layer", [path]))
}

_arguments := [pair |
	some stage in input.containerfile.stages
	some instruction in stage.instructions
	instruction.keyword == "ARG"
	some pair in instruction.pairs
]

_secret_path := `(?i)(pull-?secret[^/]*|\.dockerconfigjson|\.docker/config\.json|/auth\.json|/?\.netrc|kubeconfig|/id_(rsa|dsa|ecdsa|ed25519)|-key\.pem|\.key|\.p12|\.pfx|\.keytab|pki/entitlement[^/]*(/.*)?|etc/rhsm(/.*)?)$`
