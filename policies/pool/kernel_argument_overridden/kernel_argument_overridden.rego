# METADATA
# title: Two values of one kernel argument contradict each other
# description: >-
#   The pool gets two values for a kernel argument of which the kernel keeps the last. Which
#   one that is follows from the order of MachineConfigs, so one of the two has no effect,
#   and a rename changes the nodes.
# custom:
#   subject: pool
#   severity: low
#   remediation: >-
#     Keep one of the values.
#   since: 0.1.0
#   tags: [kernel]
#   references:
#     - https://docs.kernel.org/admin-guide/kernel-parameters.html
package rollgate.pool.kernel_argument_overridden

import data.rollgate.lib.result

deny contains finding if {
	some index, argument in input.pool.kernel_arguments
	[key, _] := split(argument.text, "=")
	key in _single
	later := [other.text |
		some place, other in input.pool.kernel_arguments
		place > index
		startswith(other.text, concat("", [key, "="]))
		other.text != argument.text
	]
	count(later) > 0
	finding := result.fail(argument.at, sprintf("kernel argument `%s` has no effect: `%s` comes later", [argument.text, later[count(later) - 1]]))
}

# Those that hold one value, and are often set.
_single := {
	"audit", "audit_backlog_limit", "cgroup_disable", "default_hugepagesz", "enforcing", "idle",
	"init_on_alloc", "init_on_free", "intel_idle.max_cstate", "intel_iommu", "intel_pstate", "iommu",
	"isolcpus", "mitigations", "nmi_watchdog", "nohz", "nohz_full", "page_poison", "panic",
	"processor.max_cstate", "psi", "pti", "rcu_nocbs", "selinux", "slub_debug", "spec_store_bypass_disable",
	"spectre_v2", "swapaccount", "systemd.cpu_affinity", "systemd.unified_cgroup_hierarchy",
	"transparent_hugepage", "tsc", "tsx", "vsyscall",
}
