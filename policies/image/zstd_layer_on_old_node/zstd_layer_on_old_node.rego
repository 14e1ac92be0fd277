# METADATA
# title: Nodes cannot unpack a layer
# description: >-
#   A layer is compressed with zstd, as recent builders do by default. Nodes up to 4.16 have an
#   `rpm-ostree` that does not know it, and the update fails with `Unhandled layer type`.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Push with `--compression-format gzip --force-compression`.
#   since: 0.1.0
#   needs: [target.release]
#   references:
#     - https://github.com/ostreedev/ostree-rs-ext/issues/608
package rollgate.image.zstd_layer_on_old_node

import data.rollgate.lib.result

deny contains finding if {
	releases := data.rollgate_tables.releases
	releases[input.target.release].order <= releases["4.16"].order
	some layer in input.image.layers
	endswith(layer.media_type, "zstd")
	finding := result.fail(layer.at, sprintf("layer `%s` is compressed with zstd", [layer.digest]))
}
