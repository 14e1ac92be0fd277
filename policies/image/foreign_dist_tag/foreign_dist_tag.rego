# METADATA
# title: A package is made for another release of the system
# description: >-
#   The release of a package ends in the tag of another major release (`el8` on a system of `el9`).
#   It was built against libraries of that release, and replaces or misses those of this one.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Install the build for the release that `PLATFORM_ID` of the image names.
#   since: 0.1.0
#   tags: [packages]
#   references:
#     - https://docs.fedoraproject.org/en-US/packaging-guidelines/DistTag/
package rollgate.image.foreign_dist_tag

import data.rollgate.lib.result

deny contains finding if {
	platform := trim_prefix(input.image.os_release.fields.PLATFORM_ID, "platform:")
	some rpm in input.image.packages.packages
	not rpm.in_base
	some match in regex.find_all_string_submatch_n(`[.](el[0-9]+|fc[0-9]+)`, rpm.release, -1)
	tag := replace(match[1], "fc", "f")
	tag != platform
	finding := result.fail(rpm.at, sprintf("package `%s-%s-%s` is made for `%s`, and the image is `%s`", [
		rpm.name,
		rpm.version,
		rpm.release,
		tag,
		platform,
	]))
}
