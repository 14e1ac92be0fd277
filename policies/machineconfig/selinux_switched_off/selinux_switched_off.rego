# METADATA
# title: SELinux is switched off by a file
# description: >-
#   The SELinux configuration of the node is replaced by one that makes it permissive or
#   disables it. SELinux is what separates containers from the host and from each other;
#   OpenShift supports no node without it.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Remove the file, or set `SELINUX=enforcing`. Where a workload needs more rights,
#     give it a policy of its own.
#   since: 0.1.0
#   tags: [hardening]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/security_and_compliance/index
package rollgate.machineconfig.selinux_switched_off

import data.rollgate.lib.result

deny contains finding if {
	file := input.machine_config.ignition.files["/etc/selinux/config"]
	some mode in {"disabled", "permissive"}
	regex.match(sprintf(`(?m)^[ \t]*SELINUX[ \t]*=[ \t]*%s\b`, [mode]), file.contents.text)
	finding := result.fail(file.contents.at, sprintf("file `%s` sets `SELINUX=%s`", [file.path, mode]))
}
