# METADATA
# title: An extension is asked for that is not allowed
# description: >-
#   A MachineConfig asks for an extension of the operating system that is not on the site's list.
#   Each extension adds packages to every node of its pools, and with them services, setuid programs
#   and further updates. By default every extension is allowed.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Remove the extension, or have it approved and add it to the parameter `allowed_extensions`.
#   since: 0.1.0
#   tags: [extensions, supply-chain]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfiguration.md
#   parameters:
#     allowed_extensions:
#       description: Extensions as `usbguard`; `*` allows all
#       type: array
#       items: {type: string, minLength: 1}
#       default: ["*"]
package rollgate.machineconfig.extension_not_allowed

import data.rollgate.lib.result

deny contains finding if {
	allowed := data.parameters.allowed_extensions
	not "*" in allowed
	some extension in input.machine_config.extensions
	not extension.text in allowed
	finding := result.fail(extension.at, sprintf("extension `%s` is not allowed", [extension.text]))
}
