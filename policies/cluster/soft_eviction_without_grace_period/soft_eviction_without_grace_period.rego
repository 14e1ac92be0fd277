# METADATA
# title: A soft eviction threshold has no grace period
# description: >-
#   The kubelet does not start with a soft eviction threshold without a grace period, or with one that
#   is no time. The Machine Config Operator does not look at it: every node that gets it stays
#   NotReady.
# custom:
#   subject: cluster_object
#   kinds: [KubeletConfig]
#   severity: high
#   remediation: >-
#     Give each signal of `evictionSoft` a time under `evictionSoftGracePeriod`, such as `1m30s`.
#   since: 0.1.0
#   tags: [kubelet, availability]
#   references:
#     - https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/
package rollgate.cluster.soft_eviction_without_grace_period

import data.rollgate.lib.duration
import data.rollgate.lib.result

deny contains finding if {
	kubelet := input.cluster_object.spec.kubeletConfig
	is_object(kubelet.evictionSoft)
	some signal, value in kubelet.evictionSoft
	not value in {"0%", "100%"} # which are no thresholds
	periods := object.get(kubelet, "evictionSoftGracePeriod", {})
	not _has(periods, signal)
	finding := result.fail(
		result.at(input.cluster_object.at, ["spec", "kubeletConfig", "evictionSoft", signal]),
		sprintf("`%s` has no `evictionSoftGracePeriod` such as `1m30s`: the kubelet does not start", [signal]),
	)
}

_has(periods, signal) if {
	is_object(periods)
	is_string(periods[signal])
	duration.well_formed(periods[signal])
}
