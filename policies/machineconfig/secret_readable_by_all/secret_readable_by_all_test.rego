# METADATA
# title: Tests of machineconfig.secret-readable-by-all
package rollgate.machineconfig.secret_readable_by_all_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.secret_readable_by_all as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a private key with mode 0644": {
		"input": _file("-----BEGIN PRIVATE KEY-----", {"mode": fixture.integer("/spec/config/storage/files/0/mode", 420)}),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/storage/files/0/mode",
			"message": "file `/etc/site` holds a private key, and its mode lets every account read it",
		}},
	},
	"denied: a pull secret without a mode": {
		"input": _file(`{"auths": {"quay.example.com": {"auth": "bm9uZQ=="}}}`, {"mode": null}),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/storage/files/0",
			"message": "file `/etc/site` holds a pull secret, and its mode lets every account read it",
		}},
	},
	"denied: a kubeconfig": {
		"input": _file("client-key-data: bm9uZQ==", {}),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/storage/files/0/mode",
			"message": "file `/etc/site` holds a client key, and its mode lets every account read it",
		}},
	},
	"allowed: a private key with mode 0600": {
		"input": _file("-----BEGIN PRIVATE KEY-----", {"mode": fixture.integer("/spec/config/storage/files/0/mode", 384)}),
		"deny": set(),
	},
	"allowed: what the operator generates": {
		"input": object.union(
			_file("-----BEGIN PRIVATE KEY-----", {}),
			{"machine_config": {"generated": true}},
		),
		"deny": set(),
	},
	"allowed: a certificate": {"input": _file("-----BEGIN CERTIFICATE-----", {}), "deny": set()},
	"allowed: no files": {"input": fixture.machine_config({}), "deny": set()},
}

_file(text, changes) := fixture.machine_config_with_files([object.union(
	{"path": "/etc/site", "contents": fixture.contents(0, text)},
	changes,
)])
