# METADATA
# title: The extensions image is made for another kernel
# description: >-
#   Kernels and kernel-devel of the extensions image have to be of the very version of the kernel in
#   the operating system image. With another one, modules do not load or rpm-ostree refuses; the two
#   images are named apart from each other, and nobody but this compares them.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Name the extensions image of the release on whose image the operating system image is built.
#   since: 0.1.0
#   tags: [extensions, image, kernel, pool]
#   references:
#     - https://github.com/openshift/os/blob/master/extensions/Containerfile
package rollgate.pool.extension_kernel_mismatch

import data.rollgate.lib.result

deny contains finding if {
	has := _version(object.get(input.pool.image.packages, "kernel-core", ""))
	has != ""
	some wanted in _wanted
	offered := _version(input.pool.extensions_image.extensions[wanted.name])
	offered != has
	finding := result.fail(wanted.at, sprintf(
		"`%s` of the extensions image is of version %s, and the kernel of the image of %s",
		[wanted.name, offered, has],
	))
}

_wanted contains {"name": "kernel-devel", "at": extension.at} if {
	some extension in input.pool.extensions
	extension.text == "kernel-devel"
}

_wanted contains {"name": name, "at": input.pool.kernel_type.at} if {
	some name in data.rollgate_tables.kernel_types[input.pool.kernel_type.text].packages
}

# The version and the release, without the architecture.
_version(written) := concat(".", array.slice(parts, 0, count(parts) - 1)) if parts := split(written, ".")
