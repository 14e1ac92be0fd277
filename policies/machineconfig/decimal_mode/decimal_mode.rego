# METADATA
# title: A mode looks octal but is decimal
# description: >-
#   JSON has no octal numbers, and YAML takes them only with a leading zero. A mode such as 400 is
#   therefore the decimal number, and means other bits than it seems: a secret becomes writable
#   for its group, a script cannot be run. Where the bits exceed 0777, releases up to 4.22 drop
#   the excess silently and later ones refuse the config.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Write the mode with a leading zero in YAML (`0400`), or as the decimal number in JSON
#     (`256`).
#   since: 0.1.0
#   tags: [filesystem]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.machineconfig.decimal_mode

import data.rollgate.lib.result

deny contains finding if {
	some item in _items
	octal := _octal[sprintf("%d", [item.mode.value])]
	finding := result.fail(item.mode.at, sprintf(
		"mode `%d` of `%s` is decimal and means `%s`, not `0%d`",
		[item.mode.value, item.path, octal, item.mode.value],
	))
}

_items contains file if some file in input.machine_config.ignition.files

_items contains directory if some directory in input.machine_config.ignition.directories

# The usual modes without their zero, and what each is as a decimal number.
_octal := {
	"400": "0620",
	"440": "0670",
	"444": "0674",
	"500": "0764",
	"550": "01046",
	"555": "01053",
	"600": "01130",
	"640": "01200",
	"644": "01204",
	"660": "01224",
	"664": "01230",
	"666": "01232",
	"700": "01274",
	"744": "01350",
	"750": "01356",
	"755": "01363",
	"770": "01402",
	"775": "01407",
	"777": "01411",
}
