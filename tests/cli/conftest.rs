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
        ("negated", deny("not f(input.a[_])\n\tmsg := \"c\"") + "\nf(x) if x.y\n"),
        ("with", deny("not f(input.a) with input as {}\n\tmsg := \"c\"") + "\nf(x) if x.y\n"),
        (
            "combined",
            deny("some i\n\tinput[i].contents.kind == \"Secret\"\n\tmsg := input[i].path"),
        ),
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
    commands.push("check --no-config --policy both o.yaml".to_owned());
    let commands: Vec<_> = commands.iter().map(String::as_str).collect();
    assert_snapshot!(session(&folder, &commands));
}

/// `walk` finds what is anywhere in an object, in each of the forms that bind something.
#[test]
fn policies_walk_through_objects() {
    let policy = r#"package main

images contains image if {
	walk(input, [path, image])
	path[count(path) - 1] == "image"
}

deny contains msg if {
	some image in images
	endswith(image, ":latest")
	msg := sprintf("`%s` is of no release", [image])
}

warn contains msg if {
	some path, value
	walk(input, [path, value])
	value == 1
	msg := sprintf("one at %s", [concat(".", path)])
}
"#;
    let object = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  replicas: 1\n  \
                  containers: [{image: 'a:latest'}, {image: 'b:1.0'}]\n";
    let folder = Folder::with(&[("p/a.rego", policy), ("o.yaml", object)]);
    assert_snapshot!(folder.check("--conftest p o.yaml"));
}

/// Where what is negated is absent, OPA and regorus disagree on most of these; each was given to
/// conftest 0.71, and is expected here as it answered.
#[test]
fn negations_hold_where_they_do_for_conftest() {
    let holds = [
        "not input.x",
        "not input.x == 1",
        "not input.x = 1",
        "not startswith(input.kind, \"D\")",
        "not input.kind in {\"Deployment\"}",
        "not startswith(object.get(input, \"x\", \"\"), \"a\")",
        "some c in input.data\n\tnot c.x == c.y",
        "some c in input.data\n\tnot count([y | y := c.x[_]]) == 1",
        "every c in input.data { not c.m > 2 }",
        "count([c | some c in input.data; not c.m > 1]) == 1",
        "not names[input.kind]",
    ];
    let does_not = [
        "not input.x != 1",
        "not input.x > 1",
        "not f(input.x)",
        "not input.x in {1}",
        "not 1 in input.x",
        "not count(input.x) > 1",
        "not startswith(lower(input.x), \"a\")",
        "not lower(input.x) == \"a\"",
        "not input.data[input.x]",
        "not input.data[input.x] == 1",
        "not names[input.x]",
        "not f(x)",
        "some c in input.data\n\tnot c.x > 1",
        "some c in input.data\n\tnot f(c.x)",
        "some c in input.data\n\tnot c.x + 1 == 3",
        "every c in input.data { not c.x > 1 }",
        "count([c | some c in input.data; not c.x > 1]) > 0",
    ];
    let rule = |name: &str, body: &str| {
        format!("deny_{name} contains msg if {{\n\t{body}\n\tmsg := \"{name}\"\n}}\n\n")
    };
    let numbered = |bodies: &[&str], name: &str| -> String {
        bodies.iter().enumerate().map(|(n, body)| rule(&format!("{name}{n}"), body)).collect()
    };
    let policy = format!(
        "package main\n\nimport input.x\n\nnames := {{\"a\"}}\n\nf(value) if value == 1\n\n{}{}\
         deny_bare contains \"bare\" if not startswith(input.kind, `D`)\n\n\
         deny_absent contains \"absent\" if not startswith(input.x, \"D\")\n",
        numbered(&holds, "holds"),
        numbered(&does_not, "not"),
    );
    let folder = Folder::with(&[
        ("p/a.rego", &policy),
        ("o.yaml", "kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\ndata: [{m: 1}]\n"),
    ]);
    let report = folder.check("--output json --conftest p o.yaml").json();
    let mut found: Vec<_> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["message"].as_str().unwrap().to_owned())
        .collect();
    found.sort();
    let mut expected: Vec<_> = (0..holds.len()).map(|n| format!("holds{n}")).collect();
    expected.push("bare".to_owned());
    expected.sort();
    assert_eq!((found, &report["counts"]["inconclusive"]), (expected, &0.into()));
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
