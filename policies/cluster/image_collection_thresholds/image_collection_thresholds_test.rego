# METADATA
# title: Tests of cluster.image-collection-thresholds
package rollgate.cluster.image_collection_thresholds_test

import data.rollgate.cluster.image_collection_thresholds as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: crossed": {
		"input": _kubelet({"imageGCHighThresholdPercent": 70, "imageGCLowThresholdPercent": 75}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/imageGCHighThresholdPercent", "message": "images are removed from 70% of the disk on and down to 75%: the kubelet does not start"}},
	},
	"denied: below the default": {
		"input": _kubelet({"imageGCHighThresholdPercent": 80}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/imageGCHighThresholdPercent", "message": "images are removed from 80% of the disk on and down to 80%: the kubelet does not start"}},
	},
	"denied: above the default": {
		"input": _kubelet({"imageGCLowThresholdPercent": 90}),
		"deny": {{"at": "KubeletConfig/worker#/spec/kubeletConfig/imageGCLowThresholdPercent", "message": "images are removed from 85% of the disk on and down to 90%: the kubelet does not start"}},
	},
	"allowed: in order": {"input": _kubelet({"imageGCHighThresholdPercent": 80, "imageGCLowThresholdPercent": 75}), "deny": set()},
	"allowed: not written": {"input": _kubelet({}), "deny": set()},
	"allowed: no numbers, which another rule denies": {"input": _kubelet({"imageGCHighThresholdPercent": "70"}), "deny": set()},
	"allowed: no kubeletConfig": {"input": fixture.cluster_object({"spec": {}}), "deny": set()},
}

_kubelet(fields) := fixture.cluster_object({"spec": {"kubeletConfig": fields}})
