# METADATA
# title: The kubelet or the runtime is of another release
# description: >-
#   The version of the kubelet package is that of OpenShift, and the version of CRI-O that of
#   Kubernetes. A kubelet that is newer than the API server is not supported, and one that is older
#   keeps the cluster from being upgraded.
# custom:
#   subject: image
#   needs: [target.release]
#   severity: high
#   remediation: >-
#     Leave the packages as the base image of the release has them.
#   since: 0.1.0
#   tags: [image, layering, packages, upgrade]
#   references:
#     - https://github.com/openshift/os/blob/master/packages-openshift.yaml
package rollgate.image.release_kubelet_mismatch

import data.rollgate.lib.result

deny contains finding if {
	some rpm in input.image.packages.packages
	rpm.name in {"openshift-hyperkube", "openshift-kubelet"}
	not startswith(rpm.version, sprintf("%s.", [input.target.release]))
	finding := result.fail(rpm.at, sprintf("`%s` is of version %s, and the cluster of %s", [rpm.name, rpm.version, input.target.release]))
}

deny contains finding if {
	some rpm in input.image.packages.packages
	rpm.name == "cri-o"
	kubernetes := data.rollgate_tables.kubernetes_versions[input.target.release]
	not startswith(rpm.version, sprintf("%s.", [kubernetes]))
	finding := result.fail(rpm.at, sprintf("`cri-o` is of version %s, and release %s has %s", [rpm.version, input.target.release, kubernetes]))
}
