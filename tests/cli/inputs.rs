//! What rollgate reads: good input, and bad input beside good.

use insta::assert_snapshot;
use rollgate_testkit::MachineConfig;

use crate::harness::Folder;

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

#[test]
fn the_example_of_the_readme() {
    let folder = Folder::with(&[]);
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/worker");
    std::os::unix::fs::symlink(example, folder.path().join("worker")).unwrap();
    assert_snapshot!(folder.check("worker"));
}

#[test]
fn bytes_that_are_not_utf_8() {
    let folder = Folder::with(&[("good.yaml", FAULTY)]);
    folder.write("latin-1.yaml", b"kind: MachineConfig\nmetadata: {name: caf\xe9}\n");
    assert_snapshot!(folder.check("."));
}

#[test]
fn a_broken_document_among_good_ones() {
    let broken = "apiVersion: v1\nkind: [MachineConfig\nmetadata: {name: broken}\n";
    let other = FAULTY.replace("99-worker", "98-worker").replace("mitigations", "pti");
    let all = [FAULTY, broken, &other].join("---\n");
    assert_snapshot!(Folder::with(&[("all.yaml", &all)]).check("all.yaml"));
}

#[test]
fn an_api_version_that_is_not_known() {
    let other = FAULTY.replace("io/v1\n", "io/v2beta1\n");
    assert_snapshot!(Folder::with(&[("a.yaml", &other)]).check("a.yaml"));
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
    assert_snapshot!(folder.check("."));
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
    std::os::unix::fs::symlink(&node, node.join("circle")).unwrap();
    std::os::unix::fs::symlink("b.yaml", node.join("a.yaml")).unwrap();
    std::os::unix::fs::symlink("a.yaml", node.join("b.yaml")).unwrap();
    std::os::unix::fs::symlink("vanished", node.join("gone.yaml")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(node.join("pipe.yaml")).status();
    assert!(made.unwrap().success());
    assert_snapshot!(folder.check("node"));
}

/// Root may read everything, so that there is nothing to see where the tests run as root.
#[test]
fn what_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::with(&[("node/good.yaml", FAULTY), ("node/closed/a.yaml", FAULTY)]);
    folder.write("node/secret.yaml", FAULTY);
    let node = folder.path().join("node");
    let allow = |name: &str, mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(node.join(name), permissions).unwrap();
    };
    allow("closed", 0o000);
    allow("secret.yaml", 0o000);
    if std::fs::File::open(node.join("secret.yaml")).is_ok() {
        eprintln!("what_may_not_be_read: skipped, as this user may read everything");
    } else {
        assert_snapshot!(folder.check("node"));
    }
    allow("closed", 0o700);
}
