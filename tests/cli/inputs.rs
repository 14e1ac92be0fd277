//! What rollgate reads: good input, and bad input beside good.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;

use insta::assert_snapshot;
use rollgate_testkit::MachineConfig;

use crate::harness::{Folder, ONE_RULE, Run};

/// The user who owns nothing, on every Linux.
const NOBODY: u32 = 65_534;

/// A MachineConfig with a fault, to see that it is judged whatever stands beside it.
pub(crate) const FAULTY: &str = r#"apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  name: 99-worker
  labels:
    machineconfiguration.openshift.io/role: worker
spec:
  kernelArguments:
    - "mitigations=off"
"#;

/// A MachineConfig like [`FAULTY`], with another name and `spec`.
pub(crate) fn with_spec(name: &str, spec: &str) -> String {
    let (head, _) = FAULTY.split_once("  kernelArguments").unwrap();
    head.replace("99-worker", name) + spec
}

#[test]
fn the_example_of_the_readme() {
    let folder = Folder::with(&[]);
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/worker");
    symlink(example, folder.path().join("worker")).unwrap();
    let run = folder.check("worker");
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    let readme = fs::read_to_string(readme).unwrap().replace("cli/examples/", "");
    let shown = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next());
    assert!(run.stdout.contains(shown.unwrap()), "the README shows what is not said: {run}");
    assert_snapshot!(run);
}

#[test]
fn bytes_that_are_not_utf_8() {
    let folder = Folder::with(&[("good.yaml", FAULTY)]);
    folder.write("latin-1.yaml", b"kind: MachineConfig\nmetadata: {name: caf\xe9}\n");
    assert_snapshot!(folder.check_by_one_rule("."));
}

#[test]
fn a_broken_document_among_good_ones() {
    let broken = "apiVersion: v1\nkind: [MachineConfig\nmetadata: {name: broken}\n";
    let other = FAULTY.replace("99-worker", "98-worker").replace("mitigations", "pti");
    let all = [FAULTY, broken, &other].join("---\n");
    assert_snapshot!(Folder::with(&[("all.yaml", &all)]).check_by_one_rule("all.yaml"));
}

#[test]
fn an_api_version_that_is_not_known() {
    let other = FAULTY.replace("io/v1\n", "io/v2beta1\n");
    assert_snapshot!(Folder::with(&[("a.yaml", &other)]).check("a.yaml"));
}

/// What was meant to be judged is not passed over: a misspelt kind, and lists within lists.
#[test]
fn kinds_that_were_meant_otherwise() {
    let misspelt = FAULTY.replace("kind: MachineConfig", "kind: machineConfig");
    let list = format!("kind: List\napiVersion: v1\nitems: {{a: 1}}\n---\n{misspelt}");
    let nested = "{\"kind\": \"List\", \"items\": [{\"kind\": \"List\", \"items\": [%]}]}";
    let nested = nested.replace('%', &MachineConfig::new("99-a").kernel_argument("nopti").json());
    assert_snapshot!(Folder::with(&[("a.yaml", &list), ("b.json", &nested)]).check("."));
}

#[test]
fn two_machine_configs_of_one_name() {
    let other = FAULTY.replace("mitigations=off", "audit=0");
    let folder = Folder::with(&[("a.yaml", FAULTY), ("b.yaml", &other)]);
    assert_snapshot!(folder.check("."));
}

#[test]
fn a_butane_file() {
    let butane = "variant: openshift\nversion: 4.20.0\nmetadata:\n  name: 99-worker\n";
    let folder = Folder::with(&[("a.bu.yaml", butane), ("b.yaml", FAULTY)]);
    assert_snapshot!(folder.check_by_one_rule("."));
}

#[test]
fn a_list_on_standard_input() {
    let first = MachineConfig::new("98-worker").role("worker").kernel_argument("nopti").value();
    let second = MachineConfig::new("99-worker").role("worker").spec("fips", "yes".into()).value();
    let list = serde_json::json!({"apiVersion": "v1", "kind": "List", "items": [first, second]});
    let text = rollgate_testkit::to_yaml(&list);
    assert_snapshot!(Folder::with(&[]).rollgate_reading("check --no-config -", &text));
}

#[test]
fn a_json_file() {
    let text = serde_json::to_string_pretty(
        &MachineConfig::new("99-worker").role("worker").kernel_argument("nopti").value(),
    );
    assert_snapshot!(Folder::with(&[("a.json", &text.unwrap())]).check("a.json"));
}

#[test]
fn nothing_to_judge() {
    let config_map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
    let folder = Folder::with(&[("other/a.yaml", config_map), ("empty/readme.txt", "")]);
    let runs = ["empty", "other", "--allow-empty other", "missing.yaml"]
        .map(|arguments| format!("$ rollgate check {arguments}\n{}\n", folder.check(arguments)));
    assert_snapshot!(runs.concat());
}

#[test]
fn other_kinds_are_passed_over_with_a_count() {
    let config_map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n";
    let all = config_map.repeat(2) + FAULTY;
    assert_snapshot!(Folder::with(&[("a.yaml", &all)]).check("a.yaml"));
}

/// What a folder may hold that is no file: links in a circle and into nothing, and a pipe that
/// nobody writes to.
#[test]
fn links_and_pipes() {
    let folder = Folder::with(&[("node/good.yaml", FAULTY)]);
    let node = folder.path().join("node");
    symlink(&node, node.join("circle")).unwrap();
    symlink("b.yaml", node.join("a.yaml")).unwrap();
    symlink("a.yaml", node.join("b.yaml")).unwrap();
    symlink("vanished", node.join("gone.yaml")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(node.join("pipe.yaml")).status();
    assert!(made.unwrap().success());
    assert_snapshot!(folder.check_by_one_rule("node"));
}

/// Root may read everything, so that the run is another user's where the tests are root's.
#[test]
fn what_may_not_be_read() {
    let folder = Folder::with(&[("node/good.yaml", FAULTY), ("node/closed/a.yaml", FAULTY)]);
    folder.write("node/secret.yaml", FAULTY);
    let allow = |name: &str, mode| {
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(folder.path().join(name), permissions).unwrap();
    };
    allow("", 0o755);
    allow("node/closed", 0o000);
    allow("node/secret.yaml", 0o000);
    let mut command = folder.command(&format!("check --no-config {ONE_RULE} node"));
    if fs::File::open(folder.path().join("node/secret.yaml")).is_ok() {
        command.uid(NOBODY).gid(NOBODY);
    }
    match command.output() {
        Ok(output) => assert_snapshot!(Run::of(&folder, output)),
        Err(error) => eprintln!("what_may_not_be_read: skipped, as nobody may run it: {error}"),
    }
    allow("node/closed", 0o700);
}
