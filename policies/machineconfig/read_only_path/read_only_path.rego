# METADATA
# title: A path is on a read-only filesystem
# description: >-
#   A file, directory or link stands where a node cannot write: under /usr, /boot or /sysroot, in a
#   filesystem of the kernel, or directly under /, where the operating system lets nobody make a
#   folder. The Machine Config Operator renders it; each node is drained, fails to write it and
#   stays degraded. /usr/local and /opt are writable, because they lead into /var.
# custom:
#   subject: machine_config
#   severity: high
#   remediation: >-
#     Write under `/etc`, `/var`, `/opt` or `/usr/local`, or put the file into a layered image.
#   since: 0.1.0
#   tags: [filesystem]
#   references:
#     - https://docs.fedoraproject.org/en-US/fedora-coreos/storage/
#     - https://github.com/coreos/fedora-coreos-tracker/issues/270
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfigDaemon.md
package rollgate.machineconfig.read_only_path

import data.rollgate.lib.ignition
import data.rollgate.lib.result

deny contains finding if {
	some item in ignition.written(input.machine_config.ignition)
	startswith(item.path, "/") # `machineconfig.invalid-path` judges others
	not _is_writable(item.path)
	finding := result.fail(item.at, sprintf(
		"%s `%s` is on a read-only filesystem: nodes fail to write it",
		[item.kind, item.path],
	))
}

_is_writable(path) if split(path, "/")[1] in _writable

_is_writable(path) if ignition.under(path, {"/usr/local"})

# Folders under `/`, most of them links into /var. What does not last in some,
# `machineconfig.volatile-path` judges.
_writable := {"dev", "etc", "home", "media", "mnt", "opt", "root", "run", "srv", "tmp", "var"}
