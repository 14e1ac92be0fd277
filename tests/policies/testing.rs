//! `policy test` over a user's root: each way in which a test fails, and what it says.

use rollgate_engine::Limits;
use rollgate_engine::policy::{PolicyFile, PolicyRoot, test};

const RULE: &str = r#"# METADATA
# title: Auditing is off
# description: The audit trail of a node is part of the baseline.
# custom:
#   subject: pool
#   severity: high
#   remediation: Remove the argument.
#   since: 1.0.0
package custom.acme.audit_off

import data.rollgate.lib.result

deny contains finding if {
	some argument in input.pool.kernel_arguments
	argument.text == "audit=0"
	finding := result.fail(argument.at, "auditing is off")
}

deny contains finding if {
	input.pool.name == "never"
	finding := result.fail(input.pool.at, "never")
}
"#;

const TESTS: &str = r#"# METADATA
# title: Tests of custom.acme.audit-off
package custom.acme.audit_off_test

cases := {
	"passes": {
		"input": _pool({"kernel_arguments": [_audit]}),
		"deny": {{"at": "MachineConfig/a#/spec/kernelArguments/0", "message": "auditing is off"}},
	},
	"expects another message": {
		"input": _pool({"kernel_arguments": [_audit]}),
		"deny": {{"at": "MachineConfig/a#/spec/kernelArguments/0", "message": "auditing is on"}},
	},
	"makes up a field": {"input": _pool({"kernel_argument": [_audit]}), "deny": set()},
	"has a null": {"input": _pool({"kernel_type": null}), "deny": set()},
	"has a wrong type": {"input": _pool({"paused": "yes"}), "deny": set()},
	"forgets what it expects": {"input": _pool({})},
}

test_that_holds if count(cases) == 6

test_that_does_not if count(cases) == 7

_audit := {"at": "MachineConfig/a#/spec/kernelArguments/0", "text": "audit=0"}

_pool(more) := {
	"version": "1",
	"target": {},
	"pool": object.union(_worker, more),
}

_worker := {"at": "MachineConfigPool/a#", "name": "a", "declared": true, "complete": true}
"#;

#[test]
fn what_tests_say() {
    let file = |path: &str, text: &str| PolicyFile { path: path.into(), text: text.into() };
    let files = vec![file("audit_off.rego", RULE), file("audit_off_test.rego", TESTS)];
    let report = test(&[PolicyRoot { name: "acme".into(), files }], &Limits::default()).unwrap();
    let tests = report
        .tests
        .iter()
        .map(|test| format!("{}: {}", test.name, test.failure.as_deref().unwrap_or("passes")));
    insta::assert_snapshot!(tests.collect::<Vec<_>>().join("\n"), @r#"
    expects another message: - is expected, + is found
      {
        "at": "MachineConfig/a#/spec/kernelArguments/0",
    -   "message": "auditing is on"
    +   "message": "auditing is off"
      }
    forgets what it expects: has not the members `input` and `deny`, and perhaps `parameters`, `files` and `contents`
    has a null: the facts have no `input.pool.kernel_type`, or never as `null`
    has a wrong type: `input` is no facts document: invalid type: string "yes", expected struct Flag
    makes up a field: the facts have no `input.pool.kernel_argument`, or never as `null`
    passes: passes
    test_that_holds: passes
    test_that_does_not: does not hold
    "#);
    // The second definition of `deny` never holds: its head and its last line are not reached.
    assert_eq!(report.coverage[0].missed, [19, 21]);
}
