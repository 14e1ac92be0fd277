# METADATA
# title: A configuration file waits to be merged
# description: >-
#   A package was updated over a configuration file that had been changed, and RPM left both
#   versions: `.rpmnew` is the one that is not used, `.rpmsave` the one that was. Nobody has
#   decided which holds.
# custom:
#   subject: image
#   severity: low
#   remediation: >-
#     Merge the two in the step that installs the package, and remove the one that is left.
#   since: 0.1.0
#   tags: [leftovers]
#   references:
#     - https://rpm.org/docs/latest/man/rpm.8.html
package rollgate.image.unmerged_configuration

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.files({"globs": ["/etc/**/*.rpmnew", "/etc/**/*.rpmsave"], "kinds": ["file"], "layers": "derived"})
	finding := result.fail(file.at, sprintf("`%s` waits to be merged", [file.path]))
}
