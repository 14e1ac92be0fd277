# METADATA
# title: An extension is asked for twice
# description: >-
#   The pool gets the same extension from two entries. It is installed once, but removing
#   one of the entries later changes the rendered config and reboots every node for nothing.
# custom:
#   subject: pool
#   severity: low
#   remediation: >-
#     Keep one of the entries.
#   since: 0.1.0
#   tags: [extensions]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.pool.duplicate_extension

import data.rollgate.lib.result

deny contains finding if {
	some index, extension in input.pool.extensions
	some earlier, other in input.pool.extensions
	earlier < index
	other.text == extension.text
	finding := result.fail(extension.at, sprintf("extension `%s` is asked for twice", [extension.text]))
}
