# METADATA
# title: Control groups of version 1 are asked for
# description: >-
#   A kernel argument asks for version 1 of control groups, which OpenShift removed in 4.19:
#   the kubelet does not start on such a node. Before, the node's own config object decides,
#   and a kernel argument contradicts it.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Remove the argument.
#   since: 0.1.0
#   needs: [target.release]
#   tags: [kernel, upgrade]
#   references:
#     - https://docs.redhat.com/en/documentation/openshift_container_platform/4.19/html/release_notes/index
package rollgate.pool.control_group_version_1

import data.rollgate.lib.result

deny contains finding if {
	releases := data.rollgate_tables.releases
	releases[input.target.release].order >= releases["4.19"].order
	some argument in input.pool.kernel_arguments
	some word in split(argument.text, " ")
	regex.match(`^systemd\.(legacy_systemd_cgroup_controller(=(1|on|true|yes))?|unified_cgroup_hierarchy=(0|false|no|off))$`, word)
	finding := result.fail(argument.at, sprintf(
		"kernel argument `%s` asks for control groups of version 1, which release %s does not have",
		[word, input.target.release],
	))
}
