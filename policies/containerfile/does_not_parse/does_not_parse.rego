# METADATA
# title: A Containerfile cannot be read
# description: >-
#   What cannot be read fails the build, or is not what it was meant to be: an unknown instruction,
#   a here-document without its end, an instruction before the first FROM.
# custom:
#   subject: containerfile
#   severity: high
#   remediation: >-
#     Correct the line; what is in it was not judged.
#   since: 0.1.0
#   tags: [layering, syntax]
#   references:
#     - https://docs.docker.com/reference/dockerfile/
package rollgate.containerfile.does_not_parse

import data.rollgate.lib.result

deny contains finding if {
	some problem in input.containerfile.problems
	finding := result.fail(problem.at, problem.text)
}
