# METADATA
# title: The Ignition version is not read by the release
# description: >-
#   The Ignition config declares a version that the Machine Config Operator of this release does
#   not read, though another release does. The operator cannot parse the config, and the whole
#   pool stops rendering.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Declare a version that the release reads, such as `3.2.0`, and use only fields of that
#     version.
#   since: 0.1.0
#   needs: [target.release]
#   tags: [ignition]
#   references:
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.ignition_version_for_release

import data.rollgate.lib.result

deny contains finding if {
	version := input.machine_config.ignition.version
	spec := concat(".", array.slice(split(version.text, "."), 0, 2))
	releases := data.rollgate_tables.releases
	accepted := releases[input.target.release].ignition.accepted
	not spec in accepted
	spec in _known
	finding := result.fail(version.at, sprintf(
		"Ignition `%s` is not read by the release: the pool stops rendering",
		[version.text],
	))
}

# What no release reads at all is `machineconfig.ignition-version`.
_known contains spec if {
	some release in data.rollgate_tables.releases
	some spec in release.ignition.accepted
}
