# METADATA
# title: The extensions image lacks a package that an extension installs
# description: >-
#   The pool asks for an extension, and the image from which nodes install extensions does not have
#   its packages for their architecture. rpm-ostree fails on the node, and the pool is degraded.
# custom:
#   subject: pool
#   needs: [target.release, target.architecture]
#   severity: high
#   remediation: >-
#     Name the extensions image that belongs to the operating system image, or leave the extension
#     out.
#   since: 0.1.0
#   tags: [extensions, image, pool]
#   references:
#     - https://github.com/openshift/os/blob/master/extensions/Containerfile
package rollgate.pool.extension_package_missing

import data.rollgate.lib.result

deny contains finding if {
	offered := object.get(input.pool.extensions_image, "extensions", {})
	some extension in input.pool.extensions
	some name in data.rollgate_tables.extensions.allowed[input.target.release][extension.text]
	not _offers(offered, name)
	finding := result.fail(extension.at, sprintf(
		"extension `%s` installs `%s`, which `%s` does not have for `%s`",
		[extension.text, name, input.pool.extensions_image.reference, input.target.architecture],
	))
}

_offers(offered, name) if {
	some architecture in {input.target.architecture, "noarch"}
	endswith(offered[name], sprintf(".%s", [architecture]))
}
