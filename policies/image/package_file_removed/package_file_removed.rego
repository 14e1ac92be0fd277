# METADATA
# title: A file of an installed package was removed
# description: >-
#   A layer removes a file that a package owns, and the package is still installed. Tools take it
#   for whole: what depends on it installs and does not run, and the next version of the package
#   brings the file back.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Remove the package (`rpm-ostree override remove`), or mask what should not run.
#   since: 0.1.0
#   tags: [packages]
#   references:
#     - https://rpm.org/docs/latest/man/rpm.8.html
package rollgate.image.package_file_removed

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	found := [file |
		some file in image.files({"under": ["/usr"], "kinds": ["file", "link"], "removed": true, "owned": true})
		not image.file(file.path)
	]
	some owner in {name | some file in found; some name in file.packages}
	files := [file | some file in found; owner in file.packages]
	finding := result.fail(files[0].at, sprintf("package `%s` is installed without %s", [owner, image.several(files)]))
}
