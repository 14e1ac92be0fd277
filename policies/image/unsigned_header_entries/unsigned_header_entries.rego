# METADATA
# title: An RPM header says outside of its signature what contradicts it
# description: >-
#   The header of a package in the database has entries outside of the region that its signature
#   covers, and they contradict those inside. RPM itself never writes such a header: somebody
#   changed the database.
# custom:
#   subject: image
#   severity: high
#   remediation: >-
#     Rebuild the image from its packages, and ask what wrote to the database.
#   since: 0.1.0
#   tags: [hardening]
#   references:
#     - https://rpm.org/docs/latest/manual/format_header.html
package rollgate.image.unsigned_header_entries

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.image.problems
	problem.kind == "unsigned_header_entries"
	finding := result.fail(problem.at, problem.text)
}
