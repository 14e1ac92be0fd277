//! `check --conftest`: policies written for conftest, over objects as they are.

use insta::assert_snapshot;

use crate::harness::Folder;
use crate::policy_authors::session;

const OBJECTS: &str = "\
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  name: 99-a
  labels:
    machineconfiguration.openshift.io/role: worker
spec:
  kernelArguments: [\"mitigations=off\"]
  config:
    ignition: {version: 3.4.0}
---
apiVersion: v1
kind: ConfigMap
metadata: {}
---
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Secret, metadata: {name: s, namespace: apps}}
";

const V0: &str = "\
package main

deny[msg] {
	input.kind == \"Secret\"
	msg := sprintf(\"%s is a secret\", [input.metadata.name])
}

warn_unnamed[{\"msg\": msg, \"kind\": input.kind}] {
	not input.metadata.name
	msg := \"it has no name\"
}
";

const V1: &str = "\
package main

import data.teams

violation contains {\"msg\": message} if {
	some argument in input.spec.kernelArguments
	not argument in teams.allowed
	message := sprintf(\"kernel argument `%s` is of no team\", [argument])
}
";

#[test]
fn findings_stand_at_their_objects_whatever_the_kind() {
    let folder = Folder::with(&[
        ("p/v0.rego", V0),
        ("p/v1.rego", V1),
        ("d/teams/list.yaml", "allowed: [quiet]\n"),
        ("o.yaml", OBJECTS),
        ("config-map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n"),
    ]);
    let commands = [
        "check --no-config --date 2026-11-21 --conftest p --conftest-data d --day 1 o.yaml",
        "check --no-config --date 2026-11-21 --conftest p --conftest-data d config-map.yaml",
        "check --no-config --date 2026-11-21 --conftest p --conftest-data d --output json config-map.yaml",
    ];
    assert_snapshot!(session(&folder, &commands));
}

/// What regorus lacks, what it would be silent about, and what would be passed over.
#[test]
fn policies_that_cannot_be_trusted_do_not_load() {
    let deny = |body: &str| format!("package main\n\ndeny contains msg if {{\n\t{body}\n}}\n");
    let refused = [
        ("unknown", deny("crypto.sha256(input.a) == \"b\"\n\tmsg := \"c\"")),
        ("network", deny("http.send({\"url\": \"https://example.com\"})\n\tmsg := \"c\"")),
        ("metadata", deny("msg := rego.metadata.rule().title")),
        ("walk", deny("[path, value] := walk(input)\n\tmsg := \"c\"")),
        ("negated", deny("not startswith(input.a, \"b\")\n\tmsg := \"c\"")),
        ("recursive", deny("f(1)\n\tmsg := \"c\"") + "\nf(x) if f(x + 1)\n"),
        ("data", deny("input.a in data.teams.allowed\n\tmsg := \"c\"")),
        ("exception", deny("msg := \"c\"") + "\nexception contains [\"deny\"]\n"),
        ("value", "package main\n\ndeny := \"c\" if input.a\n".to_owned()),
        ("elsewhere", "package other\n\ndeny contains \"c\"\n".to_owned()),
        ("both", deny("msg := \"c\"")),
        ("syntax", "package main\n\ndeny contains {\n".to_owned()),
    ];
    let folder = Folder::with(&[("o.yaml", OBJECTS)]);
    let mut commands = Vec::new();
    for (name, text) in &refused {
        folder.write(&format!("{name}/deny.rego"), text);
        commands.push(format!("check --no-config --conftest {name} o.yaml"));
    }
    folder.write("both/other.rego", "package other\n\nwarn contains \"c\"\n");
    folder.write("clash/deny.rego", deny("msg := \"c\""));
    folder.write("clash/data.json", "{\"main\": {\"deny\": []}}");
    commands.push("check --no-config --conftest clash o.yaml".to_owned());
    commands.push("check --no-config --conftest both --conftest-namespace none o.yaml".to_owned());
    let commands: Vec<_> = commands.iter().map(String::as_str).collect();
    assert_snapshot!(session(&folder, &commands));
}

#[test]
fn what_fails_in_evaluation_is_inconclusive() {
    let folder = Folder::with(&[
        ("p/a.rego", "package main\n\ndeny contains msg if {\n\tmsg := to_number(input.kind)\n}\n"),
        ("p/b.rego", "package main\n\nwarn contains {\"message\": \"b\"}\n"),
        ("o.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"),
    ]);
    assert_snapshot!(folder.check("--conftest p o.yaml"));
}

#[test]
fn they_are_waived_and_switched_off_as_other_rules_are() {
    let configuration = "\
rules:
  disable:
    - rule: conftest.main.warn-unnamed
      reason: generated names
waivers:
  - rule: conftest.main.deny
    subject: Secret/apps/s
    reason: it is sealed
    owner: the platform team
    until: 2027-01-01
";
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: apps}\n---\n\
                  apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n";
    let folder =
        Folder::with(&[("p/v0.rego", V0), ("rollgate.yaml", configuration), ("o.yaml", secret)]);
    assert_snapshot!(folder.rollgate("check --date 2026-11-21 --conftest p o.yaml"));
}

/// A rule that does not end is stopped once, however many objects there are.
#[test]
fn a_rule_that_does_not_end_is_stopped() {
    let slow = "package main\n\ndeny contains \"never\" if {\n\tsome a in numbers.range(1, 9999)\n\t\
                some b in numbers.range(1, 9999)\n\ta * b == -1\n}\n";
    let folder = Folder::with(&[("p/slow.rego", slow)]);
    let objects: String = (0..6)
        .map(|number| {
            format!("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a{number}}}\n")
        })
        .collect::<Vec<_>>()
        .concat();
    folder.write("o.yaml", objects);
    let started = std::time::Instant::now();
    assert_snapshot!(folder.check("--conftest p o.yaml"));
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}
