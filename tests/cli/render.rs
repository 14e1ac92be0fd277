//! `rollgate render` and `rollgate facts`.

use insta::assert_snapshot;

use crate::harness::Folder;

const BASE: &str = "apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  name: 00-worker
  labels: {machineconfiguration.openshift.io/role: worker}
spec:
  kernelArguments: [audit=1]
  config:
    ignition: {version: 3.2.0}
    passwd:
      users: [{name: core, passwordHash: $6$salt$hash0hash0hash0}]
    storage:
      files:
        - {path: /etc/a.conf, mode: 0644, contents: {source: 'data:,one'}}
        - {path: /etc/b.conf, mode: 0644, contents: {source: 'data:,two'}}
";

const OVERRIDE: &str = "apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  name: 99-worker
  labels: {machineconfiguration.openshift.io/role: worker}
spec:
  kernelArguments: [quiet]
  kernelType: realtime
  extensions: [usbguard]
  config:
    ignition: {version: 3.4.0}
    storage:
      files:
        - {path: /etc/a.conf, mode: 0600, overwrite: true, contents: {source: 'data:,three'}}
    systemd:
      units:
        - name: a.service
          enabled: true
          contents: |
            [Service]
            ExecStart=/usr/bin/true
            [Install]
            WantedBy=multi-user.target
";

fn folder() -> Folder {
    Folder::with(&[("base.yaml", BASE), ("worker.yaml", OVERRIDE)])
}

#[test]
fn as_yaml_with_the_origin_of_every_item() {
    assert_snapshot!(
        folder().rollgate("render . --no-config --release 4.20 --pool worker --explain")
    );
}

#[test]
fn as_json() {
    assert_snapshot!(folder().rollgate("render . --no-config --release 4.20 --pool worker --json"));
}

/// What is printed is input again, and stays the same.
#[test]
fn what_is_printed_can_be_read() {
    let folder = folder();
    let first = folder.rollgate("render . --pool worker --release 4.20 --explain --reveal");
    folder.write("again/rendered.yaml", &first.stdout);
    let run = folder.check("base.yaml worker.yaml --against again --release 4.20 -q");
    assert_eq!(run.stderr, "", "{run}");
    let facts = folder.rollgate("facts again");
    assert_eq!(facts.code, 0, "{facts}");
}

#[test]
fn a_pool_that_is_not_there_and_one_that_may_lack_something() {
    let folder = folder();
    let unknown = folder.rollgate("render . --no-config --pool wroker");
    folder.write("c.yaml", "kind: [\n");
    let incomplete = folder.rollgate("render . --no-config --release 4.20 --pool worker");
    assert_eq!(incomplete.code, 3, "{incomplete}");
    assert_snapshot!(format!("{unknown}\n---\n{}", incomplete.stderr));
}

#[test]
fn facts_keep_their_schema() {
    let folder = folder();
    let schema = folder.rollgate("schema facts").json();
    let facts = folder.rollgate("facts --no-config --release 4.20 .").json();
    let facts = facts.as_array().unwrap();
    assert_eq!(facts.len(), 3, "two MachineConfigs and a pool");
    for document in facts {
        jsonschema::validate(&schema, document).unwrap();
    }
}
