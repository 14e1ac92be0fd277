# METADATA
# title: There is no such OS image stream
# description: >-
#   The pool names an OS image stream that the release does not offer. From the release on that has
#   streams, the cluster refuses the pool.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Name one of the streams in the status of the OSImageStream `cluster`.
#   since: 0.1.0
#   tags: [pool, image]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/manifests/machineconfigcontroller/machineconfigpool-osimagestream-reference-validatingadmissionpolicy.yaml
package rollgate.pool.unknown_os_image_stream

import data.rollgate.lib.result

deny contains finding if {
	stream := input.pool.os_image_stream
	name := stream.text
	available := input.pool.available_streams
	not name in available
	finding := result.fail(stream.at, sprintf("stream `%s` is not one of `%s`", [name, concat("`, `", available)]))
}
