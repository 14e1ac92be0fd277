# METADATA
# title: The kubelet answers anyone
# description: >-
#   A KubeletConfig lets callers into the kubelet that nobody authenticated or authorised. Who
#   reaches port 10250 or the read-only port then reads what runs on the node, and may run
#   commands in its containers.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: high
#   remediation: >-
#     Remove the setting: by default the kubelet asks the API server who calls, and what they
#     may do, and has no read-only port.
#   since: 0.1.0
#   tags: [kubelet, hardening]
#   references:
#     - https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/
#     - https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
package rollgate.cluster.kubelet_answers_anyone

import data.rollgate.lib.result

deny contains finding if {
	some path, fault in _faults
	finding := result.fail(
		result.at(input.cluster_object.at, array.concat(["spec", "kubeletConfig"], split(path, "/"))),
		fault,
	)
}

_faults["authentication/anonymous/enabled"] := "callers of the kubelet need not say who they are" if {
	_kubelet.authentication.anonymous.enabled == true
}

_faults["authorization/mode"] := "`AlwaysAllow` lets every caller of the kubelet do everything" if {
	_kubelet.authorization.mode == "AlwaysAllow"
}

_faults["readOnlyPort"] := sprintf("port %v of the node tells everyone what runs on it", [_kubelet.readOnlyPort]) if {
	is_number(_kubelet.readOnlyPort)
	_kubelet.readOnlyPort > 0
}

_kubelet := input.cluster_object.spec.kubeletConfig
