# METADATA
# title: A program has no execute bit
# description: >-
#   A unit runs a file of the same MachineConfig, or a script is put where programs are, and
#   its mode has no execute bit. The file is written, and whoever starts it gets `Permission
#   denied`. Without a mode, a file gets `0644`.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Set `mode: 0755`.
#   since: 0.1.0
#   tags: [systemd, ignition]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Process%20Exit%20Codes
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.machineconfig.program_not_executable

import data.rollgate.lib.ignition
import data.rollgate.lib.result
import data.rollgate.lib.unit

deny contains finding if {
	not input.machine_config.generated
	some path, file in input.machine_config.ignition.files
	use := _use(path, file)
	mode := object.get(file, "mode", {"at": file.at, "value": _default_mode})
	bits.and(mode.value, _execute) == 0
	finding := result.fail(mode.at, sprintf("file `%s` %s, but its mode has no execute bit", [path, use]))
}

_use(path, _) := sprintf("is run by `%s` of unit `%s`", [runner.key, runner.unit]) if {
	runner := sort(unit.runners(input.machine_config.ignition, path))[0]
}

_use(path, file) := "is a script among programs" if {
	startswith(file.contents.text, "#!")
	ignition.under(path, _program_folders)
	not _mentioned(path)
}

# A unit runs it, or hands it to an interpreter, which only reads it.
_mentioned(path) if {
	some some_unit in input.machine_config.ignition.units
	some entry in unit.entries(some_unit)
	startswith(entry.key, "Exec")
	contains(entry.value, path)
}

_program_folders := {"/etc/NetworkManager/dispatcher.d", "/opt/bin", "/usr/local/bin", "/usr/local/sbin", "/var/usrlocal/bin", "/var/usrlocal/sbin"}

# 0644: what the Machine Config Daemon gives a file without a mode.
_default_mode := 420

# 0111
_execute := 73
