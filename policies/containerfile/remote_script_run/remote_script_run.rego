# METADATA
# title: A script from the network is run unread
# description: >-
#   What a server sends is run as root while the image is built. Whoever controls the server, or its
#   name, controls every node.
# custom:
#   subject: containerfile
#   severity: high
#   remediation: >-
#     Download the script in a step of its own, check its digest, and run it then; or copy it into
#     the repository.
#   since: 0.1.0
#   tags: [layering, supply-chain]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.remote_script_run

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some stage in input.containerfile.stages
	stage.used
	some instruction in stage.instructions
	some index, command in instruction.commands
	command.piped
	containerfile.name(command) in _downloads
	runner := containerfile.name(instruction.commands[index + 1])
	runner in _runs
	finding := result.fail(command.at, sprintf("what `%s` downloads is run by `%s`", [containerfile.name(command), runner]))
}

deny contains finding if {
	some stage in input.containerfile.stages
	stage.used
	some instruction in stage.instructions
	some command in instruction.commands
	runner := containerfile.name(command)
	runner in (_runs | {"eval", "source"})
	some word in command.words
	found := regex.find_all_string_submatch_n("[$<]\\((curl|wget) |`(curl|wget) ", word, 1)
	finding := result.fail(command.at, sprintf("what `%s` downloads is run by `%s`", [concat("", array.slice(found[0], 1, 3)), runner]))
}

_downloads := {"curl", "wget"}

_runs := {"ash", "bash", "dash", "ksh", "perl", "python", "python3", "ruby", "sh", "zsh"}
