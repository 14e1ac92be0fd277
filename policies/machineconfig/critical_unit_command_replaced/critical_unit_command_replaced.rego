# METADATA
# title: The command of a unit that every node needs is replaced
# description: >-
#   A drop-in replaces the command of kubelet, CRI-O or another unit without which no node
#   works. The command is the one of the release for which it was written: after the next
#   upgrade the node starts it with arguments that are gone, or without those that are new.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Remove `ExecStart=` from the drop-in. Use a KubeletConfig or ContainerRuntimeConfig,
#     or the environment variables that the unit reads.
#   since: 0.1.0
#   tags: [systemd, availability]
#   references:
#     - https://github.com/openshift/machine-config-operator/tree/main/templates
package rollgate.machineconfig.critical_unit_command_replaced

import data.rollgate.lib.node
import data.rollgate.lib.result

deny contains finding if {
	not input.machine_config.generated
	some replaced in _replaced
	node.critical_unit(replaced.unit)
	not contains(replaced.value, "ORIG_EXECSTART") # the release's own command, wrapped
	finding := result.fail(replaced.at, sprintf(
		"drop-in `%s` replaces the command of `%s` by that of one release",
		[replaced.dropin, replaced.unit],
	))
}

_replaced contains {"unit": some_unit.name, "dropin": dropin.name, "at": entry.at, "value": entry.value} if {
	some some_unit in input.machine_config.ignition.units
	some dropin in some_unit.dropins
	some entry in dropin.entries
	entry.section == "Service"
	entry.key == "ExecStart"
	entry.value != ""
}

# As a file, a drop-in reaches systemd too.
_replaced contains {"unit": names[1], "dropin": names[2], "at": file.contents.at, "value": command[1]} if {
	some path, file in input.machine_config.ignition.files
	some names in regex.find_all_string_submatch_n(`^/etc/systemd/system/([^/]+)\.d/([^/]+\.conf)$`, path, 1)
	some command in regex.find_all_string_submatch_n(_command, file.contents.text, -1)
	trim_space(command[1]) != ""
}

# With the lines that continue it.
_command := `(?m)^[ \t]*ExecStart[ \t]*=((?:[^\n]*\\\n)*[^\n]*)`
