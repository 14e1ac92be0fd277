# METADATA
# title: "`/usr/etc` is in the image"
# description: >-
#   On a node, `/usr/etc` holds the defaults to which `/etc` is compared at each update; the import
#   makes it of the `/etc` of the image. An image that has both cannot be imported, or loses one of
#   them.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Write to `/etc`, or better to the folder of defaults under `/usr/lib` that the program reads.
#   since: 0.1.0
#   references:
#     - "bootc container lint: etc-usretc"
package rollgate.image.usr_etc_in_image

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	file := image.file("/usr/etc")
	finding := result.fail(file.at, "`/usr/etc` is in the image, where nodes make it of `/etc` themselves")
}
