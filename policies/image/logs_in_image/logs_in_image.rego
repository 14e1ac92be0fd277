# METADATA
# title: The image carries logs
# description: >-
#   A file under `/var/log` was written by a step of the build. It tells about the system that
#   built the image, differs with every build, and stays on each node that is installed with it for
#   ever.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Remove it in the step that writes it: `rm -rf /var/log/*`.
#   since: 0.1.0
#   tags: [leftovers]
#   references:
#     - "bootc container lint: var-log"
package rollgate.image.logs_in_image

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.files({"under": ["/var/log"], "kinds": ["file"], "min_size": 1})
	finding := result.fail(file.at, sprintf("log `%s` is in the image", [file.path]))
}
