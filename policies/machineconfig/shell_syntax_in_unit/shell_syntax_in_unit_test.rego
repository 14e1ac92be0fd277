# METADATA
# title: Tests of machineconfig.shell-syntax-in-unit
package rollgate.machineconfig.shell_syntax_in_unit_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.shell_syntax_in_unit as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a pipe and a redirection": {
		"input": _with_command("/usr/bin/echo 1 | /usr/bin/tee /etc/site > /dev/null"),
		"deny": {
			{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:1", "message": "ExecStart uses `|`, but systemd starts commands without a shell"},
			{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:1", "message": "ExecStart uses `>`, but systemd starts commands without a shell"},
		},
	},
	"denied: in a drop-in": {
		"input": fixture.machine_config_with_units([{
			"name": "site.service",
			"dropins": [{
				"at": fixture.at("/spec/config/systemd/units/0/dropins/0"),
				"name": "10-site.conf",
				"entries": fixture.entries("/spec/config/systemd/units/0/dropins/0/contents", [["Service", "ExecStartPre", "/bin/a && /bin/b"]]),
			}],
		}]),
		"deny": {{"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/dropins/0/contents:1", "message": "ExecStartPre uses `&&`, but systemd starts commands without a shell"}},
	},
	"allowed: in a shell": {"input": _with_command("/bin/bash -c 'echo 1 | tee /etc/site'"), "deny": set()},
	"allowed: in awk": {"input": _with_command("/usr/bin/awk \"$1 > 2\" /etc/site"), "deny": set()},
	"allowed: no units": {"input": fixture.machine_config({}), "deny": set()},
}

_with_command(command) := fixture.machine_config_with_units([{
	"name": "site.service",
	"entries": fixture.entries("/spec/config/systemd/units/0/contents", [["Service", "ExecStart", command]]),
}])
