# METADATA
# title: A kernel argument weakens the node
# description: >-
#   A kernel argument switches off a protection that every node relies on, or stops the node in a
#   shell without a password. SELinux is what separates containers from the host and from each
#   other, and audit is what tells afterwards what happened.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Remove the argument. To debug one node, add it at that node's boot prompt instead.
#   since: 0.1.0
#   tags: [hardening, kernel]
#   references:
#     - https://docs.kernel.org/admin-guide/kernel-parameters.html
package rollgate.pool.kernel_argument_weakens_node

import data.rollgate.lib.result

deny contains finding if {
	some argument in _arguments
	some word in split(argument.text, " ")
	effect := _effect(word)
	finding := result.fail(argument.at, sprintf("kernel argument `%s` %s", [word, effect]))
}

_arguments contains argument if some argument in input.pool.kernel_arguments

# Those of the Ignition config reach nodes that are installed with it.
_arguments contains argument if some argument in input.pool.ignition.kernel_arguments_should_exist

_effect(word) := _effects[word]

_effect(word) := "replaces the first process of the node" if startswith(word, "init=")

_effect(word) := "stops the boot in a shell" if startswith(word, "rd.break=")

# What the kernel, systemd and dracut document for each word.
_effects := {
	"audit=0": "switches the audit of the node off",
	"audit=off": "switches the audit of the node off",
	"emergency": "stops the boot in the emergency shell",
	"enforcing=0": "makes SELinux permissive, so that a container is no longer confined",
	"fips=0": "switches FIPS mode off",
	"module.sig_enforce=0": "lets unsigned kernel modules in",
	"nokaslr": "loads the kernel at a known address",
	"norandmaps": "switches address space randomisation off",
	"nosmap": "lets the kernel read user memory by mistake",
	"nosmep": "lets the kernel run user memory by mistake",
	"rd.break": "stops the boot in a shell",
	"rescue": "stops the boot in the rescue shell",
	"selinux=0": "switches SELinux off, so that a container is no longer confined",
	"single": "stops the boot in the rescue shell",
	"systemd.debug-shell": "opens a root shell without a password on the console",
	"systemd.debug-shell=1": "opens a root shell without a password on the console",
	"systemd.unit=emergency.target": "stops the boot in the emergency shell",
	"systemd.unit=rescue.target": "stops the boot in the rescue shell",
}
