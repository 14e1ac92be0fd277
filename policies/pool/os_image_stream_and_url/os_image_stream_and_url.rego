# METADATA
# title: An image stream and an image are both chosen
# description: >-
#   The pool names an OS image stream, and a MachineConfig of the pool sets `osImageURL`. The
#   Machine Config Operator does not decide between them: it refuses to render the pool.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Remove `spec.osImageStream` from the pool, or `osImageURL` from the MachineConfig.
#   since: 0.1.0
#   tags: [image, pool]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/UsingLayering.md
package rollgate.pool.os_image_stream_and_url

import data.rollgate.lib.result

deny contains finding if {
	stream := input.pool.os_image_stream
	image := input.pool.os_image_url
	message := sprintf("pool `%s` names the stream `%s`, and osImageURL `%s` overrides it; the operator refuses both", [
		input.pool.name,
		stream.text,
		image.text,
	])
	finding := result.fail(image.at, message)
}
