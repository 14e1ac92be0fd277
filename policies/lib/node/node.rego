# METADATA
# title: What no OpenShift node works without
package rollgate.lib.node

# critical_unit tells whether a node is lost to the cluster without the unit.
critical_unit(name) if name in _critical_units

critical_unit(name) if startswith(name, "machine-config-daemon-")

# critical_file tells whether a node is lost to the cluster with wrong contents in the file.
critical_file(path) if path in _critical_files

# unit_of is the name of the unit that a file in systemd's own folder stands for.
unit_of(path) := name if {
	startswith(path, "/etc/systemd/system/")
	name := trim_prefix(path, "/etc/systemd/system/")
	not contains(name, "/")
}

_critical_units := {
	"NetworkManager.service",
	"crio.service",
	"dbus-broker.service",
	"dbus.service",
	"kubelet.service",
	"openvswitch.service",
	"ovs-configuration.service",
	"ovs-vswitchd.service",
	"ovsdb-server.service",
	"rpm-ostreed.service",
}

# Written by the Machine Config Operator's templates, its server at the first boot, or its daemon,
# and by the operators of the control plane.
_critical_files := {
	"/etc/crio/crio.conf.d/00-default",
	"/etc/kubernetes/kubeconfig",
	"/etc/kubernetes/kubelet.conf",
	"/etc/kubernetes/manifests/etcd-pod.yaml",
	"/etc/kubernetes/manifests/kube-apiserver-pod.yaml",
	"/etc/kubernetes/manifests/kube-controller-manager-pod.yaml",
	"/etc/kubernetes/manifests/kube-scheduler-pod.yaml",
	"/etc/machine-config-daemon/currentconfig",
	"/etc/machine-config-daemon/node-annotations.json",
	"/var/lib/kubelet/config.json",
}
