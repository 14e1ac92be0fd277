# METADATA
# title: The MachineConfigs of a pool
package rollgate.lib.member

# generated tells whether the operator's own controllers made the MachineConfig in which the locator is.
generated(pool, at) if {
	some member in pool.machine_configs
	startswith(at, member.at)
	member.generated
}

# depends_on_others tells whether the MachineConfig in which the locator is says that another
# remediation comes before it: what a pool lacks for it may be in that one.
depends_on_others(pool, at) if {
	some member in pool.machine_configs
	startswith(at, member.at)
	count(member.depends_on) > 0
}
