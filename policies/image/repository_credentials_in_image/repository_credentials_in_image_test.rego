# METADATA
# title: Tests of image.repository-credentials-in-image
package rollgate.image.repository_credentials_in_image_test

import data.rollgate.lib.fixture

cases := {
	"denied: by what it holds": {
		"input": _with("repository_credentials", "/opt/example", true),
		"deny": {{"at": "image/sha256:0!/opt/example", "message": "`/opt/example` is in the image: credentials of a repository, which a later layer removes, but whoever has the image still has"}},
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
