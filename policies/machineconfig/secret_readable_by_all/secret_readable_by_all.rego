# METADATA
# title: A secret is readable by every account
# description: >-
#   A file holds a private key, a client key or a pull secret, and its mode lets every account of
#   the node read it. A process that escapes from its container, or a pod that mounts the host's
#   directory, needs no privilege to take it along. Without a mode, a file gets `0644`.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Set `mode: 0600`, and the owner that needs to read it.
#   since: 0.1.0
#   tags: [access, hardening]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/security_and_compliance/index
package rollgate.machineconfig.secret_readable_by_all

import data.rollgate.lib.result

deny contains finding if {
	not input.machine_config.generated
	some file in input.machine_config.ignition.files
	secret := _secret(file.contents.text)
	mode := object.get(file, "mode", {"at": file.at, "value": _default_mode})
	bits.and(mode.value, _others_read) != 0
	finding := result.fail(mode.at, sprintf("file `%s` holds %s, and its mode lets every account read it", [file.path, secret]))
}

_secret(text) := "a private key" if contains(text, "PRIVATE KEY-----")

else := "a client key" if contains(text, "client-key-data:")

else := "a pull secret" if {
	contains(text, `"auths"`)
	contains(text, `"auth"`)
}

# 0644: what the Machine Config Daemon gives a file without a mode.
_default_mode := 420

_others_read := 4
