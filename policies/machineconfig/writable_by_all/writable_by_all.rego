# METADATA
# title: A file or directory is writable by every account
# description: >-
#   The mode of a file or directory lets every account of the node write to it. Whoever gets
#   a foothold on the node changes what root runs or reads. For a directory the sticky bit
#   keeps accounts from each other's files, as in `/tmp`.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Take the write bit for others away: `0644` for a file, `0755` for a program or
#     directory.
#   since: 0.1.0
#   tags: [access, hardening]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/security_and_compliance/index
package rollgate.machineconfig.writable_by_all

import data.rollgate.lib.result

deny contains finding if {
	not input.machine_config.generated
	some file in input.machine_config.ignition.files
	bits.and(file.mode.value, _others_write) != 0
	file.mode.value <= _highest_mode # beyond it: `machineconfig.invalid-mode`
	finding := result.fail(file.mode.at, sprintf("file `%s` is writable by every account", [file.path]))
}

deny contains finding if {
	some directory in input.machine_config.ignition.directories
	bits.and(directory.mode.value, _others_write) != 0
	bits.and(directory.mode.value, _sticky) == 0
	finding := result.fail(directory.mode.at, sprintf("directory `%s` is writable by every account", [directory.path]))
}

# 0002
_others_write := 2

# 0777
_highest_mode := 511

# 01000
_sticky := 512
