# METADATA
# title: Tests of image.cluster-credentials-in-image
package rollgate.image.cluster_credentials_in_image_test

import data.rollgate.lib.fixture

cases := {
	"denied: at its place": {
		"input": fixture.os_image({}),
		"files": [{"path": "/root/.kube/config"}],
		"deny": {{"at": "image/sha256:0!/root/.kube/config", "message": "`/root/.kube/config` is in the image: credentials of a cluster"}},
	},
	"denied: removed by a later layer": {
		"input": fixture.os_image({}),
		"files": [{"path": "/root/.kube/config", "removed": true}],
		"deny": {{"at": "image/sha256:0!/root/.kube/config", "message": "`/root/.kube/config` is in the image: credentials of a cluster, which a later layer removes, but whoever has the image still has"}},
	},
	"allowed: an empty file": {
		"input": fixture.os_image({}),
		"files": [{"path": "/root/.kube/config", "size": 0}],
		"deny": set(),
	},
	"denied: by what it holds": {
		"input": _with("kubeconfig", "/opt/example", true),
		"deny": {{"at": "image/sha256:0!/opt/example", "message": "`/opt/example` is in the image: credentials of a cluster, which a later layer removes, but whoever has the image still has"}},
	},
	"allowed: another secret": {
		"input": _with("private_key", "/opt/example", true),
		"deny": set(),
	},
	"allowed: none": {"input": fixture.os_image({}), "deny": set()},
}

_with(kind, path, removed) := fixture.os_image({"secrets": [{
	"at": concat("", ["image/sha256:0!", path]),
	"path": path,
	"kind": kind,
	"layer": 1,
	"removed": removed,
}]})
