# METADATA
# title: A secret is readable by every user of the node
# description: >-
#   A file holds a private key, a kubeconfig with credentials or a pull secret, and its mode lets
#   every process of the node read it. A container that escapes into any unprivileged account of
#   the host then has it. A file without a mode gets `0644`.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: Set the mode to `0600`, and the owner to the account that needs the file.
#   since: 0.1.0
#   tags: [hardening, filesystem]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.machineconfig.secret_world_readable

import data.rollgate.lib.result

deny contains finding if {
	not input.machine_config.generated
	some file in input.machine_config.ignition.files
	at := _readable_at(file)
	some content, marks in _secrets
	every mark in marks {
		contains(file.contents.text, mark)
	}
	finding := result.fail(at, sprintf("file `%s` holds %s, and every user of the node can read it", [file.path, content]))
}

_readable_at(file) := file.at if not file.mode

# The bit that lets others read.
_readable_at(file) := file.mode.at if file.mode.value % 8 >= 4

# What all occurs in a content of each kind.
_secrets := {
	"a kubeconfig with a key": ["clusters:", "client-key-data:"],
	"a private key": ["-----BEGIN ", "PRIVATE KEY-----\n", "-----END "],
	"a pull secret": ["\"auths\"", "\"auth\""],
}
