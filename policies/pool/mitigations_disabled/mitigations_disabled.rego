# METADATA
# title: CPU vulnerability mitigations are disabled
# description: >-
#   A kernel argument switches off mitigations that the node baseline relies on. Workloads that
#   share the node can then read each other's memory, and the kernel's, through the processor.
# custom:
#   subject: pool
#   severity: high
#   remediation: Remove the argument, or record a waiver for this pool.
#   since: 0.1.0
#   tags: [hardening, kernel]
#   references:
#     - https://docs.kernel.org/admin-guide/hw-vuln/index.html
package rollgate.pool.mitigations_disabled

import data.rollgate.lib.result

deny contains finding if {
	some argument in _arguments
	some word in split(argument.text, " ")
	word in _disabling
	finding := result.fail(argument.at, sprintf("kernel argument `%s` disables CPU mitigations", [word]))
}

_arguments contains argument if some argument in input.pool.kernel_arguments

# Those of the Ignition config reach nodes that are installed with it.
_arguments contains argument if some argument in input.pool.ignition.kernel_arguments_should_exist

# _disabling is what the kernel's parameter documentation lists under `mitigations=off`, and the
# same switches by their older names.
_disabling := {
	"gather_data_sampling=off",
	"indirect_target_selection=off",
	"kpti=0",
	"kpti=off",
	"l1tf=off",
	"mds=off",
	"mitigations=off",
	"mmio_stale_data=off",
	"nobp=0",
	"nopti",
	"nospec_store_bypass_disable",
	"nospectre_bhb",
	"nospectre_v1",
	"nospectre_v2",
	"pti=off",
	"reg_file_data_sampling=off",
	"retbleed=off",
	"spec_rstack_overflow=off",
	"spec_store_bypass_disable=off",
	"spectre_bhi=off",
	"spectre_v2=off",
	"spectre_v2_user=off",
	"srbds=off",
	"ssbd=force-off",
	"tsa=off",
	"tsx_async_abort=off",
	"vmscape=off",
}
