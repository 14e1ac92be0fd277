# METADATA
# title: A file in `/var` is never updated
# description: >-
#   The files of an image under `/var` are written when a node is installed, and never again. A
#   node that gets the image as an update does not have the file, and one that has it keeps the
#   first version for ever.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Put it under `/usr`, and let `tmpfiles.d` copy or link it (`C`, `L`); state belongs to the
#     node.
#   since: 0.1.0
#   references:
#     - "bootc container lint: var-tmpfiles"
#     - https://bootc-dev.github.io/bootc/filesystem.html
package rollgate.image.file_in_var

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	some file in image.files({"under": ["/var"], "kinds": ["file"], "layers": "derived", "in_tmpfiles": false})
	not _of_another_rule(file.path)
	finding := result.fail(file.at, sprintf("`%s` is written to newly installed nodes only, and never updated", [file.path]))
}

_of_another_rule(path) if startswith(path, "/var/log/")

_of_another_rule(path) if startswith(path, "/var/lib/rpm/")

_of_another_rule(path) if {
	some folder, _ in data.rollgate_tables.build_leftovers.folders
	startswith(path, concat("", [folder, "/"]))
}
