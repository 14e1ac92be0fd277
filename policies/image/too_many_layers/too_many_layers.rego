# METADATA
# title: The image has too many layers
# description: >-
#   Builders and runtimes stack the layers of an image as mounts, and their kernel takes 127 of
#   them with Docker and 500 with containers/storage. Beyond that, the image cannot be built upon
#   or run to be looked at; each layer also costs every node a request and an import.
# custom:
#   subject: image
#   severity: low
#   remediation: >-
#     Join the steps of the Containerfile, or build with `--layers=false`; divide the base anew
#     with `chunkah` or `rpm-ostree compose build-chunked-oci`.
#   since: 0.1.0
#   references:
#     - https://docs.docker.com/engine/storage/drivers/overlayfs-driver/
#   parameters:
#     max_layers:
#       type: integer
#       minimum: 1
#       default: 127
#       description: How many layers an image may have.
package rollgate.image.too_many_layers

import data.rollgate.lib.result

deny contains finding if {
	number := count(input.image.layers)
	number > data.parameters.max_layers
	finding := result.fail(input.image.at, sprintf("the image has %d layers, and %d are taken", [number, data.parameters.max_layers]))
}
