# METADATA
# title: Tests of machineconfig.secret-world-readable
package rollgate.machineconfig.secret_world_readable_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.secret_world_readable as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a private key without a mode": {
		"input": _with_content(null, _key),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0", "message": "file `/etc/site/secret` holds a private key, and every user of the node can read it"}},
	},
	"denied: a pull secret": {
		"input": _with_content(fixture.integer("/spec/config/storage/files/0/mode", 420), "{\"auths\": {\"quay.io\": {\"auth\": \"\"}}}"),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/storage/files/0/mode", "message": "file `/etc/site/secret` holds a pull secret, and every user of the node can read it"}},
	},
	"allowed: a private key for its owner": {"input": _with_content(fixture.integer("/spec/config/storage/files/0/mode", 384), _key), "deny": set()},
	"allowed: a certificate": {
		"input": _with_content(null, "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"),
		"deny": set(),
	},
	"allowed: no text": {"input": fixture.machine_config_with_files([{"path": "/etc/site/secret", "contents": null}]), "deny": set()},
	"allowed: no config": {"input": fixture.machine_config({"ignition": null}), "deny": set()},
}

_with_content(mode, text) := fixture.machine_config_with_files([{
	"path": "/etc/site/secret",
	"mode": mode,
	"contents": fixture.contents(0, text),
}])

_key := "-----BEGIN EC PRIVATE KEY-----\nexample\n-----END EC PRIVATE KEY-----\n"
