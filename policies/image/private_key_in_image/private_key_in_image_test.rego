# METADATA
# title: Tests of image.private-key-in-image
package rollgate.image.private_key_in_image_test

import data.rollgate.lib.fixture

cases := {
	"denied: at its place": {
		"input": fixture.os_image({}),
		"files": [{"path": "/root/.ssh/id_rsa"}],
		"deny": {{"at": "image/sha256:0!/root/.ssh/id_rsa", "message": "`/root/.ssh/id_rsa` is in the image: a private key"}},
	},
	"denied: removed by a later layer": {
		"input": fixture.os_image({}),
		"files": [{"path": "/root/.ssh/id_rsa", "removed": true}],
		"deny": {{"at": "image/sha256:0!/root/.ssh/id_rsa", "message": "`/root/.ssh/id_rsa` is in the image: a private key, which a later layer removes, but whoever has the image still has"}},
	},
	"allowed: an empty file": {
		"input": fixture.os_image({}),
		"files": [{"path": "/root/.ssh/id_rsa", "size": 0}],
		"deny": set(),
	},
	"denied: by what it holds": {
		"input": _with("private_key", "/opt/example", true),
		"deny": {{"at": "image/sha256:0!/opt/example", "message": "`/opt/example` is in the image: a private key, which a later layer removes, but whoever has the image still has"}},
	},
	"allowed: another secret": {
		"input": _with("kubeconfig", "/opt/example", true),
		"deny": set(),
	},
	"allowed: secrets of other rules": {
		"input": _with("private_key", "/etc/pki/entitlement/1-key.pem", false),
		"deny": set(),
	},
	"allowed: keys of the host": {
		"input": _with("private_key", "/etc/ssh/ssh_host_rsa_key", false),
		"deny": set(),
	},
	"allowed: keys of the kubelet": {
		"input": _with("private_key", "/var/lib/kubelet/pki/kubelet.key", false),
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
