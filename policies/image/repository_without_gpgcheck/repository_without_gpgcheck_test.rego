# METADATA
# title: Tests of image.repository-without-gpgcheck
package rollgate.image.repository_without_gpgcheck_test

import data.rollgate.lib.fixture

cases := {
	"denied: switched off": {"input": _with({"gpgcheck": false}), "contents": _dnf("gpgcheck=1"), "deny": {_finding}},
	"denied: nobody says": {"input": _with({}), "deny": {_finding}},
	"denied: switched off for all": {"input": _with({}), "contents": _dnf("gpgcheck=0"), "deny": {_finding}},
	"allowed: switched on": {"input": _with({"gpgcheck": true}), "deny": set()},
	"allowed: switched on for all": {"input": _with({}), "contents": _dnf("gpgcheck = True"), "deny": set()},
	"allowed: not enabled": {"input": _with({"enabled": false}), "deny": set()},
	"allowed: no repositories": {"input": fixture.os_image({}), "deny": set()},
}

_with(overrides) := fixture.os_image({"repositories": [object.union(
	{"at": "image/sha256:0!/etc/yum.repos.d/example.repo:1", "id": "example", "enabled": true},
	overrides,
)]})

_dnf(line) := {"/etc/dnf/dnf.conf": sprintf("[main]\n%s\nbest=True\n", [line])}

_finding := {
	"at": "image/sha256:0!/etc/yum.repos.d/example.repo:1",
	"message": "repository `example` is enabled and does not check signatures",
}
