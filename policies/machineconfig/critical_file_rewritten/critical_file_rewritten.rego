# METADATA
# title: A file that every node needs is replaced
# description: >-
#   A MachineConfig writes a file that holds the node to the cluster: the configuration of kubelet
#   or CRI-O, the pull secret, a kubeconfig, or a static pod of the control plane. Its owner
#   writes other contents at the next change or upgrade, the two fight over it, and a node that
#   takes the wrong ones leaves the cluster.
# custom:
#   subject: machine_config
#   severity: critical
#   remediation: >-
#     Remove the file. Use a KubeletConfig or a ContainerRuntimeConfig, a drop-in under
#     `/etc/crio/crio.conf.d`, or the global pull secret of the cluster.
#   since: 0.1.0
#   tags: [availability]
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/MachineConfigDaemon.md
#     - https://github.com/openshift/machine-config-operator/issues/400
package rollgate.machineconfig.critical_file_rewritten

import data.rollgate.lib.ignition
import data.rollgate.lib.node
import data.rollgate.lib.result

deny contains finding if {
	not input.machine_config.generated
	some item in ignition.written(input.machine_config.ignition)
	node.critical_file(item.path)
	finding := result.fail(item.at, sprintf("%s `%s` replaces what holds the node to the cluster", [item.kind, item.path]))
}
