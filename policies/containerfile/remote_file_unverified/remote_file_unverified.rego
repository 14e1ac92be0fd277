# METADATA
# title: A file from the network is added without its checksum
# description: >-
#   ADD takes what the server sends on the day of the build. Nothing in the file says what that has
#   to be.
# custom:
#   subject: containerfile
#   severity: medium
#   remediation: >-
#     Add `--checksum=sha256:…`, or a commit for a repository of git.
#   since: 0.1.0
#   tags: [layering, supply-chain]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.remote_file_unverified

import data.rollgate.lib.result

deny contains finding if {
	some stage in input.containerfile.stages
	stage.used
	some instruction in stage.instructions
	instruction.keyword == "ADD"
	some source in instruction.sources
	regex.match(`^(https?|ftp)://`, source)
	not _verified(instruction)
	finding := result.fail(instruction.at, sprintf("`%s` is added without its checksum", [source]))
}

_verified(instruction) if {
	some option in instruction.options
	startswith(option, "--checksum=")
}
