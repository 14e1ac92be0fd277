# METADATA
# title: A service is started while the image is built
# description: >-
#   No systemd runs in a build. `systemctl start` fails there or does nothing, and no node that
#   boots the image has the service running because of it.
# custom:
#   subject: containerfile
#   severity: medium
#   remediation: >-
#     Use `systemctl enable`, which takes effect when a node boots.
#   since: 0.1.0
#   tags: [layering, systemd]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.containerfile.service_started_in_build

import data.rollgate.lib.containerfile
import data.rollgate.lib.result

deny contains finding if {
	some command in containerfile.commands(input.containerfile)
	containerfile.name(command) == "systemctl"
	action := containerfile.arguments(command)[0]
	action in {"daemon-reexec", "daemon-reload", "isolate", "kill", "reload", "restart", "start", "stop", "try-restart"}
	finding := result.fail(command.at, sprintf("`systemctl %s` has no effect in a build", [action]))
}

deny contains finding if {
	some command in containerfile.commands(input.containerfile)
	containerfile.name(command) == "systemctl"
	"--now" in command.words
	finding := result.fail(command.at, "`systemctl --now` has no effect in a build")
}

deny contains finding if {
	some command in containerfile.commands(input.containerfile)
	containerfile.name(command) == "service"
	finding := result.fail(command.at, "`service` has no effect in a build")
}
