# METADATA
# title: A limit of the kubelet is set for the runtime
# description: >-
#   pidsLimit and logSizeMax of a ContainerRuntimeConfig are to be deprecated: CRI-O's own
#   options are. The kubelet has the same limits, of pods, and what it does not know of is not
#   taken into account where it evicts or rotates.
# custom:
#   subject: cluster_object
#   kinds: [ContainerRuntimeConfig]
#   severity: low
#   remediation: >-
#     Set `podPidsLimit`, or `containerLogMaxSize`, in a KubeletConfig instead.
#   since: 0.1.0
#   tags: [runtime, strict]
#   references:
#     - https://github.com/openshift/openshift-docs/blob/main/modules/create-a-containerruntimeconfig-crd.adoc
#     - https://github.com/cri-o/cri-o/blob/main/docs/crio.conf.5.md
package rollgate.cluster.setting_of_the_kubelet

import data.rollgate.lib.result

deny contains finding if {
	some field, instead in {"logSizeMax": "containerLogMaxSize", "pidsLimit": "podPidsLimit"}
	value := input.cluster_object.spec.containerRuntimeConfig[field]
	not value in [null, 0]
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "containerRuntimeConfig", field]),
		sprintf("`%s` is to be deprecated: `%s` of a KubeletConfig is the kubelet's", [field, instead]),
	)
}
