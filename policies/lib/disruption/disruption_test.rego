# METADATA
# title: Tests of the node disruption policies of a MachineConfiguration
package rollgate.lib.disruption_test

import data.rollgate.lib.disruption

test_policies if {
	actions := [{"type": "Drain"}]
	disruption.policies({"nodeDisruptionPolicy": {
		"files": [{"path": "/etc/a", "actions": actions}],
		"units": [{"name": "a.service", "actions": actions}],
		"sshkey": {"actions": actions},
	}}) == {
		{"path": ["spec", "nodeDisruptionPolicy", "files", 0], "actions": actions},
		{"path": ["spec", "nodeDisruptionPolicy", "units", 0], "actions": actions},
		{"path": ["spec", "nodeDisruptionPolicy", "sshkey"], "actions": actions},
	}
}

test_no_policies if disruption.policies({}) == set()
