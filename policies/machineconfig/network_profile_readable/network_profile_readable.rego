# METADATA
# title: NetworkManager ignores a connection profile
# description: >-
#   A connection profile is readable by more than its owner. NetworkManager takes no profile
#   that anyone but root may read, because it may hold secrets: the file is written, and the
#   connection does not exist.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Set `mode: 0600`.
#   since: 0.1.0
#   tags: [network]
#   references:
#     - https://networkmanager.dev/docs/api/latest/nm-settings-keyfile.html
package rollgate.machineconfig.network_profile_readable

import data.rollgate.lib.result

deny contains finding if {
	not input.machine_config.generated
	some path, file in input.machine_config.ignition.files
	startswith(path, "/etc/NetworkManager/system-connections/")
	mode := object.get(file, "mode", {"at": file.at, "value": _default_mode})
	bits.and(mode.value, _not_owner) != 0
	finding := result.fail(mode.at, sprintf("connection profile `%s` is open to others than its owner, so NetworkManager ignores it", [path]))
}

# 0644: what the Machine Config Daemon gives a file without a mode.
_default_mode := 420

# 0077
_not_owner := 63
