//! Policies of the user's own, and `rollgate policy`.

use insta::assert_snapshot;

use crate::harness::Folder;
use crate::inputs::FAULTY;

/// A policy `custom.site.NAME` on pools, with this body.
pub(crate) fn rule(name: &str, body: &str) -> String {
    format!(
        "# METADATA\n\
         # title: The site's own rule\n\
         # description: A rule that only this site has.\n\
         # custom:\n\
         #   subject: pool\n\
         #   severity: high\n\
         #   remediation: Ask the platform team.\n\
         #   since: 1.0.0\n\
         package custom.site.{name}\n\n\
         import data.rollgate.lib.result\n\n\
         {body}\n"
    )
}

pub(crate) const OWN: &str = r#"deny contains finding if {
	some argument in input.pool.kernel_arguments
	startswith(argument.text, "mitigations")
	finding := result.fail(argument.at, "the site wants no such argument")
}"#;

const OWN_TEST: &str = r#"# METADATA
# title: Tests of site.own
package custom.site.own_test

import data.custom.site.own as rule

cases := {
	"denied": {
		"input": _pool_with([{
			"at": "MachineConfig/a#/spec/kernelArguments/0",
			"text": "mitigations=off",
		}]),
		"deny": {{
			"at": "MachineConfig/a#/spec/kernelArguments/0",
			"message": "the site wants no such argument",
		}},
	},
	"absent": {"input": _pool_with([]), "deny": set()},
}

_pool_with(arguments) := {
	"version": "1",
	"target": {},
	"pool": {
		"at": "MachineConfigPool/worker#",
		"name": "worker",
		"declared": false,
		"complete": true,
		"kernel_arguments": arguments,
	},
}
"#;

#[test]
fn a_rule_of_the_site() {
    let folder = Folder::with(&[("p/own.rego", &rule("own", OWN)), ("a.yaml", FAULTY)]);
    assert_snapshot!(folder.check("--policy p a.yaml"));
}

#[test]
fn an_error_in_evaluation() {
    let body = "deny contains finding if {\n\tcount(input.pool.name) / 0 == 1\n\t\
                finding := result.fail(input.pool.at, \"never\")\n}";
    let folder = Folder::with(&[("p/faulty.rego", &rule("faulty", body)), ("a.yaml", FAULTY)]);
    assert_snapshot!(folder.check("--policy p a.yaml"));
}

#[test]
fn policies_that_do_not_load() {
    let misspelt = OWN.replace("kernel_arguments", "kernel_argument").replace("text", "txt");
    let folder = Folder::with(&[
        ("p/broken.rego", "package custom.site.broken\n\ndeny contains {\n"),
        ("p/other.rego", "package rollgate.pool.mine\n"),
        ("empty/readme.md", ""),
        ("misspelt/rule.rego", &rule("misspelt", &misspelt)),
        ("a.yaml", FAULTY),
    ]);
    let commands = [
        "check --policy p a.yaml",
        "policy check misspelt",
        "check --policy missing a.yaml",
        "check --policy empty a.yaml",
    ];
    let runs = commands
        .map(|arguments| format!("$ rollgate {arguments}\n{}\n", folder.rollgate(arguments)));
    assert_snapshot!(runs.concat());
}

#[test]
fn list_check_and_test() {
    let folder = Folder::with(&[("p/own.rego", &rule("own", OWN)), ("p/own_test.rego", OWN_TEST)]);
    let failing = OWN_TEST.replace("\"deny\": set()", "\"deny\": {{\"at\": \"x\"}}");
    folder.write("failing/own.rego", rule("own", OWN));
    folder.write("failing/own_test.rego", failing);
    folder.write("untested/own.rego", rule("own", OWN));
    let commands = [
        "policy list p",
        "policy list p --output json",
        "policy check p",
        "policy test p",
        "policy test failing",
        "policy test untested",
    ];
    let runs = commands
        .map(|arguments| format!("$ rollgate {arguments}\n{}\n", folder.rollgate(arguments)));
    assert_snapshot!(runs.concat());
}

/// The library itself: its rules change, so only the form of what is said of them is compared.
#[test]
fn the_library_without_a_folder() {
    let folder = Folder::with(&[]);
    let list = folder.rollgate("policy list");
    let json = folder.rollgate("policy list --output json").json();
    let codes: Vec<&str> = list.stdout.lines().filter_map(|line| line.split(' ').next()).collect();
    let rules = json["rules"].as_array().unwrap();
    let listed: Vec<&str> = rules.iter().map(|rule| rule["code"].as_str().unwrap()).collect();
    assert_eq!(codes, listed);
    assert!(codes.contains(&"pool.mitigations-disabled"), "{list}");
    let check = folder.rollgate("policy check");
    assert_eq!(check.stdout, format!("{} rules can be trusted\n", codes.len()));
    let test = folder.rollgate("policy test");
    assert_eq!(test.code, 0, "{test}");
    assert!(test.stdout.contains(" passed, 0 failed; "), "{test}");
}
