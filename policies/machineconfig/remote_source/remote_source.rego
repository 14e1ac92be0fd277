# METADATA
# title: A file comes from a remote source
# description: >-
#   The content of a file is fetched over the network, or its source is empty. Ignition could do
#   the first when a node is installed, but the Machine Config Daemon reads embedded data only:
#   from the first check on, each node of the pool fails to decode the file and is degraded.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: Embed the content as a `data:` URL; `data:,` is the empty file.
#   since: 0.1.0
#   tags: [ignition, day-2]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfigDaemon.md
#     - https://coreos.github.io/ignition/configuration-v3_5/
package rollgate.machineconfig.remote_source

import data.rollgate.lib.result

deny contains finding if {
	some source in _sources
	fault := _faults[source.contents.scheme]
	finding := result.fail(source.contents.at, sprintf("content of `%s` %s: nodes fail to decode it", [source.path, fault]))
}

_sources contains {"path": path, "contents": contents} if {
	some path, file in input.machine_config.ignition.files
	contents := file.contents
}

_sources contains {"path": path, "contents": contents} if {
	some path, file in input.machine_config.ignition.files
	some contents in file.append
}

_faults := {
	"": "has an empty source",
	"arn": "is fetched over `arn`",
	"gs": "is fetched over `gs`",
	"http": "is fetched over `http`",
	"https": "is fetched over `https`",
	"s3": "is fetched over `s3`",
	"tftp": "is fetched over `tftp`",
}
