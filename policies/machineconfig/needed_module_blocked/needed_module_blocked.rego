# METADATA
# title: A kernel module is kept out that nodes need
# description: >-
#   A MachineConfig keeps the kernel from loading a module without which containers or the network
#   of pods do not work, as lists for hardening other systems do. The node restarts, and no pod
#   starts on it again.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Take the module off the list. OpenShift's own profiles of the Compliance Operator leave it
#     alone.
#   since: 0.1.0
#   tags: [kernel, availability]
#   references:
#     - https://man7.org/linux/man-pages/man5/modprobe.d.5.html
#     - https://docs.kernel.org/admin-guide/kernel-parameters.html
package rollgate.machineconfig.needed_module_blocked

import data.rollgate.lib.result

deny contains finding if {
	some blocked in _blocked
	name := replace(blocked.module, "-", "_")
	consequence := _needed[name]
	finding := result.fail(blocked.at, sprintf("%s keeps the kernel module `%s` out, so %s", [blocked.by, name, consequence]))
}

# `blacklist` only keeps devices from loading a module; `install` replaces what would load it.
_blocked contains {"module": match[1], "at": file.contents.at, "by": sprintf("file `%s`", [path])} if {
	some path, file in input.machine_config.ignition.files
	startswith(path, "/etc/modprobe.d/")
	regex.match(`^/etc/modprobe\.d/[^/]+\.conf$`, path)
	some match in regex.find_all_string_submatch_n(`(?m)^[ \t]*install[ \t]+([\w-]+)[ \t]+(?:/usr)?/bin/(?:true|false)\b`, file.contents.text, -1)
}

_blocked contains {"module": module, "at": argument.at, "by": sprintf("kernel argument `%s`", [word])} if {
	some argument in input.machine_config.kernel_arguments
	some word in split(argument.text, " ")
	startswith(word, "module_blacklist=")
	some module in split(trim_prefix(word, "module_blacklist="), ",")
}

_needed := {
	"geneve": "pods of different nodes do not reach each other",
	"nf_conntrack": "pods have no network",
	"nf_nat": "pods have no network",
	"nf_tables": "pods have no network",
	"openvswitch": "pods have no network",
	"overlay": "CRI-O starts no container",
	"veth": "pods have no network",
}
