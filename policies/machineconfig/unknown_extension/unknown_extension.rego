# METADATA
# title: An extension is not one of the release
# description: >-
#   The Machine Config Operator accepts a fixed list of extensions, which changes from release to
#   release. Any other name stops the rendering of the whole pool; without `spec.config` the
#   operator does not even look, and every node of the pool fails instead. On Fedora CoreOS nodes,
#   which releases up to 4.16 could have, an extension is any package.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Remove the extension, or use a name of the release that the nodes will run. A kernel is
#     chosen with `kernelType`, and other packages belong in a layered image.
#   since: 0.1.0
#   needs: [target.release, target.stream]
#   tags: [extensions]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfig.md
#     - https://github.com/openshift/os/tree/master/extensions
package rollgate.machineconfig.unknown_extension

import data.rollgate.lib.result

deny contains finding if {
	some extension in input.machine_config.extensions
	allowed := object.keys(data.rollgate_tables.extensions.allowed[input.target.release])
	not extension.text in allowed
	not _any_package
	finding := result.fail(extension.at, sprintf(
		"extension `%s` is not one that the release knows: %s%s",
		[extension.text, _consequence, object.get(_hints, extension.text, "")],
	))
}

# Fedora CoreOS nodes install any package; the operator compares names only beside a `config`.
_any_package if {
	input.target.stream == "fcos"
	releases := data.rollgate_tables.releases
	releases[input.target.release].order <= releases["4.16"].order
	not input.machine_config.ignition
}

default _consequence := "only the nodes find out, for lack of `spec.config`"

_consequence := "the pool stops rendering" if input.machine_config.ignition

_hints := {
	"kernel-64k": "; set `kernelType: 64k-pages` instead",
	"kernel-rt": "; set `kernelType: realtime` instead",
}
