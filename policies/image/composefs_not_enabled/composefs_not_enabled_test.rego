# METADATA
# title: Tests of image.composefs-not-enabled
package rollgate.image.composefs_not_enabled_test

import data.rollgate.lib.fixture

cases := {
	"denied: no file": {"input": fixture.os_image({"settings": {}}), "deny": {_finding}},
	"denied: switched off": {"input": _with("composefs.enabled", "false"), "files": [_file], "deny": {_finding}},
	"allowed: enabled": {"input": _with("composefs.enabled", "signed"), "files": [_file], "deny": set()},
	"allowed: a transient root": {"input": _with("root.transient", "true"), "files": [_file], "deny": set()},
	"allowed: as the base has it": {
		"input": fixture.os_image({"settings": {}}),
		"files": [object.union(_file, {"in_base": true})],
		"deny": set(),
	},
	"allowed: an extensions image": {"input": fixture.os_image({"settings": {}, "extensions": {}}), "deny": set()},
}

_file := {"path": "/usr/lib/ostree/prepare-root.conf"}

_finding := {
	"at": "image/sha256:0#",
	"message": "`/usr/lib/ostree/prepare-root.conf` does not enable composefs",
}

_with(name, value) := fixture.os_image({"settings": {"prepare_root": [{
	"at": "image/sha256:0!/usr/lib/ostree/prepare-root.conf:2",
	"name": name,
	"value": value,
}]}})
