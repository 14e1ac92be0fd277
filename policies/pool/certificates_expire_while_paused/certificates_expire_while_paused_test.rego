# METADATA
# title: Tests of pool.certificates-expire-while-paused
package rollgate.pool.certificates_expire_while_paused_test

import data.rollgate.lib.fixture
import data.rollgate.pool.certificates_expire_while_paused as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: soon": {
		"input": fixture.pool({"status": {"certificates": [{"at": "MachineConfigPool/worker#/status/certExpirys/0", "bundle": "KubeAPIServerServingCAData", "subject": "CN=kube-apiserver-lb-signer", "expiry": "2026-12-01T00:00:00Z", "days_left": 5}]}, "paused": {"at": "MachineConfigPool/worker#/spec/paused", "value": true}}),
		"deny": {{
			"at": "MachineConfigPool/worker#/spec/paused",
			"message": "pool `worker` is paused, and `CN=kube-apiserver-lb-signer` expires in 5 days",
			"details": {"related": [{"label": "the certificate", "at": "MachineConfigPool/worker#/status/certExpirys/0"}]},
		}},
	},
	"denied: past": {
		"input": fixture.pool({"status": {"certificates": [{"at": "MachineConfigPool/worker#/status/certExpirys/0", "bundle": "KubeAPIServerServingCAData", "subject": "CN=kube-apiserver-lb-signer", "expiry": "2026-12-01T00:00:00Z", "days_left": -3}]}, "paused": {"at": "MachineConfigPool/worker#/spec/paused", "value": true}}),
		"deny": {{
			"at": "MachineConfigPool/worker#/spec/paused",
			"message": "pool `worker` is paused, and `CN=kube-apiserver-lb-signer` has expired",
			"details": {"related": [{"label": "the certificate", "at": "MachineConfigPool/worker#/status/certExpirys/0"}]},
		}},
	},
	"allowed: not paused": {
		"input": fixture.pool({"status": {"certificates": [{"at": "MachineConfigPool/worker#/status/certExpirys/0", "bundle": "KubeAPIServerServingCAData", "subject": "CN=kube-apiserver-lb-signer", "expiry": "2026-12-01T00:00:00Z", "days_left": 5}]}}),
		"deny": set(),
	},
	"allowed: later": {
		"input": fixture.pool({"status": {"certificates": [{"at": "MachineConfigPool/worker#/status/certExpirys/0", "bundle": "KubeAPIServerServingCAData", "subject": "CN=kube-apiserver-lb-signer", "expiry": "2026-12-01T00:00:00Z", "days_left": 200}]}, "paused": {"at": "MachineConfigPool/worker#/spec/paused", "value": true}}),
		"deny": set(),
	},
	"allowed: no status": {"input": fixture.pool({"paused": {"at": "MachineConfigPool/worker#/spec/paused", "value": true}}), "deny": set()},
}
