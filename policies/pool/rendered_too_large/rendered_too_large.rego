# METADATA
# title: The rendered config is too large
# description: >-
#   The rendered MachineConfig of the pool is larger than the Machine Config Operator of the
#   release lets it be: it would not fit into etcd together with its metadata. The operator
#   refuses it, and the pool stops rendering.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Compress large files with gzip, or move them into the OS image or a container.
#   since: 0.1.0
#   needs: [target.release]
#   tags: [pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
package rollgate.pool.rendered_too_large

import data.rollgate.lib.result

deny contains finding if {
	limit := data.rollgate_tables.releases[input.target.release].rendered_size_limit
	size := input.pool.rendered_size
	size.value > limit
	message := sprintf("the rendered config of pool `%s` has %d bytes; release %s takes %d", [
		input.pool.name,
		size.value,
		input.target.release,
		limit,
	])
	finding := result.fail(size.at, message)
}
