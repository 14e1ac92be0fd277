# METADATA
# title: A file of the image is very large
# description: >-
#   A change of one byte in a file makes every node fetch it as a whole, and keep both versions
#   while it updates. What is larger than a gigabyte is seldom an operating system: a database, a
#   model or an archive belongs into a volume or an image of its own.
# custom:
#   subject: image
#   severity: low
#   remediation: >-
#     Put it into a container image or volume, or raise `max_file_bytes`.
#   since: 0.1.0
#   parameters:
#     max_file_bytes:
#       type: integer
#       minimum: 0
#       default: 1073741824
#       description: How large a file may be that is not of the base, in bytes.
package rollgate.image.file_too_large

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	limit := data.parameters.max_file_bytes
	some file in image.files({"kinds": ["file"], "min_size": limit + 1, "layers": "derived"})
	finding := result.fail(file.at, sprintf("`%s` has %d bytes, and %d are taken", [file.path, file.size, limit]))
}
