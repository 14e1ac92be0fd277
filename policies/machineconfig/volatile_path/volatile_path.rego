# METADATA
# title: A path does not survive a reboot
# description: >-
#   A file, directory or link stands on a filesystem that is empty after each boot: /run, /tmp,
#   /dev, or what leads there. It is written, the node restarts, and it is gone; where it is a file,
#   the Machine Config Daemon sees the difference and marks the node as degraded.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Write under `/etc` or `/var`, and have systemd-tmpfiles or a unit create what must stand in
#     `/run`.
#   since: 0.1.0
#   tags: [filesystem]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfigDaemon.md
#     - https://www.freedesktop.org/software/systemd/man/latest/tmpfiles.d.html
package rollgate.machineconfig.volatile_path

import data.rollgate.lib.ignition
import data.rollgate.lib.result

deny contains finding if {
	some item in ignition.written(input.machine_config.ignition)
	ignition.under(item.path, _volatile)
	not item.path in _judged_elsewhere
	finding := result.fail(item.at, sprintf("%s `%s` is gone after each boot%s", [
		item.kind,
		item.path,
		_consequence[item.kind],
	]))
}

# The daemon looks after files only.
_consequence := {"directory": "", "file": ", which degrades the node", "link": ""}

_volatile := {"/dev", "/media", "/run", "/tmp", "/var/lock", "/var/run"}

# `machineconfig.force_file` judges this one.
_judged_elsewhere := {"/run/machine-config-daemon-force"}
