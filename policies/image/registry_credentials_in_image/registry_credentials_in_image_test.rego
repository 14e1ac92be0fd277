# METADATA
# title: Tests of image.registry-credentials-in-image
package rollgate.image.registry_credentials_in_image_test

import data.rollgate.lib.fixture

cases := {
	"denied: at its place": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc/ostree/auth.json"}],
		"deny": {{"at": "image/sha256:0!/etc/ostree/auth.json", "message": "`/etc/ostree/auth.json` is in the image: credentials of registries"}},
	},
	"denied: removed by a later layer": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc/ostree/auth.json", "removed": true}],
		"deny": {{"at": "image/sha256:0!/etc/ostree/auth.json", "message": "`/etc/ostree/auth.json` is in the image: credentials of registries, which a later layer removes, but whoever has the image still has"}},
	},
	"allowed: an empty file": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc/ostree/auth.json", "size": 0}],
		"deny": set(),
	},
	"denied: by what it holds": {
		"input": _with("registry_credentials", "/opt/example", true),
		"deny": {{"at": "image/sha256:0!/opt/example", "message": "`/opt/example` is in the image: credentials of registries, which a later layer removes, but whoever has the image still has"}},
	},
	"allowed: another secret": {
		"input": _with("kubeconfig", "/opt/example", true),
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
