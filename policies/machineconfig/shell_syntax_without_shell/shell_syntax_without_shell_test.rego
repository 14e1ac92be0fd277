# METADATA
# title: Tests of machineconfig.shell-syntax-without-shell
package rollgate.machineconfig.shell_syntax_without_shell_test

import data.rollgate.lib.fixture
import data.rollgate.machineconfig.shell_syntax_without_shell as rule

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a redirection": {
		"input": _unit("/usr/bin/echo 1 > /proc/sys/vm/swappiness"),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:1",
			"message": "`ExecStart` of unit `node-tuning.service` passes `>` on as an argument, because systemd starts no shell",
		}},
	},
	"denied: a command substitution in a drop-in": {
		"input": fixture.machine_config_with_units([{"name": "kubelet.service", "dropins": [{
			"at": fixture.at("/spec/config/systemd/units/0/dropins/0"),
			"name": "10-pre.conf",
			"entries": fixture.entries("/spec/config/systemd/units/0/dropins/0/contents", [["Service", "ExecStartPre", "/usr/bin/echo $(hostname)"]]),
		}]}]),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/dropins/0/contents:1",
			"message": "`ExecStartPre` of unit `kubelet.service` passes `$(hostname)` on as an argument, because systemd starts no shell",
		}},
	},
	"denied: a backtick": {
		"input": _unit("/usr/bin/echo `hostname`"),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:1",
			"message": "`ExecStart` of unit `node-tuning.service` passes ``hostname`` on as an argument, because systemd starts no shell",
		}},
	},
	"denied: after what the shell is given": {
		"input": _unit("/bin/sh -c 'true' && false"),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:1",
			"message": "`ExecStart` of unit `node-tuning.service` passes `&&` on as an argument, because systemd starts no shell",
		}},
	},
	"allowed: a shell": {"input": _unit("/bin/sh -c 'echo 1 > /proc/sys/vm/swappiness'"), "deny": set()},
	"allowed: quotes in quotes": {"input": _unit(`/bin/sh -c "echo \"a\" 'b' > /run/site"`), "deny": set()},
	"denied: a script, which is no shell": {
		"input": _unit("/usr/local/bin/tuning.sh || true"),
		"deny": {{
			"at": "MachineConfig/99-worker#/spec/config/systemd/units/0/contents:1",
			"message": "`ExecStart` of unit `node-tuning.service` passes `||` on as an argument, because systemd starts no shell",
		}},
	},
	"allowed: a quoted argument": {"input": _unit("/usr/bin/jq '.a | .b' /etc/site.json"), "deny": set()},
	"allowed: no units": {"input": fixture.machine_config({}), "deny": set()},
}

_unit(command) := fixture.machine_config_with_units([{
	"name": "node-tuning.service",
	"entries": fixture.entries("/spec/config/systemd/units/0/contents", [["Service", "ExecStart", command]]),
}])
