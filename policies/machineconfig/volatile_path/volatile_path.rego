# METADATA
# title: A path does not survive a reboot
# description: >-
#   A file, directory or link stands on a filesystem that is empty after each boot: /run, /tmp or
#   /dev. The Machine Config Operator writes it and restarts the node, after which it is gone; the
#   operator sees the difference and marks the node as degraded.
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
	finding := result.fail(item.at, sprintf(
		"%s `%s` is gone after each boot, which degrades the node",
		[item.kind, item.path],
	))
}

_volatile := {"/dev", "/run", "/tmp", "/var/run"}

# `machineconfig.force_file` judges this one.
_judged_elsewhere := {"/run/machine-config-daemon-force"}
