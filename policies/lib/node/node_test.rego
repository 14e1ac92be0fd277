# METADATA
# title: Tests of what no OpenShift node works without
package rollgate.lib.node_test

import data.rollgate.lib.node

test_critical_unit if {
	node.critical_unit("kubelet.service")
	node.critical_unit("machine-config-daemon-firstboot.service")
	not node.critical_unit("kubens.service")
}

test_critical_file if {
	node.critical_file("/etc/kubernetes/kubelet.conf")
	not node.critical_file("/etc/kubernetes/kubelet.conf.d/10-site.conf")
}

test_unit_of if {
	node.unit_of("/etc/systemd/system/kubelet.service") == "kubelet.service"
	not node.unit_of("/etc/systemd/system/kubelet.service.d/10-site.conf")
	not node.unit_of("/etc/kubelet.service")
}
