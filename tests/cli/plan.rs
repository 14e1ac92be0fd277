//! `rollgate plan`: what a change does to nodes, as people and machines read it.

use insta::assert_snapshot;
use rollgate_testkit::{MachineConfig, to_yaml};
use serde_json::{Value, json};

use crate::harness::{Folder, Run};

const UNIT: &str = "[Service]\nExecStart=/usr/bin/true\n[Install]\nWantedBy=multi-user.target\n";

/// A config that every pool has: its own file and kernel argument.
fn base(role: &str) -> MachineConfig {
    MachineConfig::new(&format!("00-{role}"))
        .role(role)
        .ignition("3.4.0")
        .kernel_argument("audit=1")
        .file("/etc/a.conf", 0o644, "one")
        .file("/etc/containers/policy.json", 0o644, "{}")
}

fn pool(name: &str, more: Value) -> String {
    let mut spec = json!({
        "machineConfigSelector": {"matchExpressions": [{
            "key": "machineconfiguration.openshift.io/role",
            "operator": "In",
            "values": ["worker", name],
        }]},
        "nodeSelector": {"matchLabels": {format!("node-role.kubernetes.io/{name}"): ""}},
    });
    let Value::Object(more) = more else { panic!("no mapping") };
    spec.as_object_mut().unwrap().extend(more);
    to_yaml(&json!({
        "apiVersion": "machineconfiguration.openshift.io/v1",
        "kind": "MachineConfigPool",
        "metadata": {"name": name},
        "spec": spec,
    }))
}

fn node(name: &str, roles: &[&str]) -> String {
    let labels: serde_json::Map<String, Value> =
        roles.iter().map(|role| (format!("node-role.kubernetes.io/{role}"), json!(""))).collect();
    to_yaml(&json!({
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": name, "labels": labels},
    }))
}

pub(crate) fn disruption(policy: &Value) -> String {
    to_yaml(&json!({
        "apiVersion": "operator.openshift.io/v1",
        "kind": "MachineConfiguration",
        "metadata": {"name": "cluster"},
        "spec": {"nodeDisruptionPolicy": policy},
    }))
}

/// A cluster with two custom pools, and a change that reaches each of its pools differently.
pub(crate) fn cluster() -> Folder {
    let folder = Folder::with(&[]);
    for name in ["now", "next"] {
        folder.write(
            &format!("{name}/pools.yaml"),
            [
                pool("infra", json!({"maxUnavailable": "50%"})),
                pool("edge", json!({"paused": true})),
                pool("worker", json!({})),
            ]
            .join("---\n"),
        );
        let nodes = ["a", "b", "c"].map(|name| node(&format!("worker-{name}"), &["worker"]));
        let infra = ["a", "b", "c", "d", "e"]
            .map(|name| node(&format!("infra-{name}"), &["worker", "infra"]));
        folder.write(
            &format!("{name}/nodes.yaml"),
            nodes.into_iter().chain(infra).collect::<Vec<_>>().join("---\n"),
        );
    }
    folder.write("now/worker.yaml", base("worker").yaml());
    folder.write("next/worker.yaml", base("worker").yaml());
    folder
}

pub(crate) fn plan(folder: &Folder, arguments: &str) -> Run {
    folder.rollgate(&format!("plan --no-config --release 4.20 {arguments}"))
}

#[test]
fn a_change_of_everything_as_people_read_it() {
    let folder = cluster();
    let changed = MachineConfig::new("99-worker")
        .role("worker")
        .ignition("3.4.0")
        .kernel_argument("quiet")
        .extension("usbguard")
        .file("/etc/a.conf", 0o600, "three")
        .file("/etc/b.conf", 0o644, "b")
        .unit("a.service", UNIT)
        .spec("kernelType", json!("realtime"));
    folder.write("next/99-worker.yaml", changed.yaml());
    let edge = MachineConfig::new("99-edge").role("edge").ignition("3.4.0").file(
        "/etc/a.conf",
        0o644,
        "one",
    );
    folder.write("next/99-edge.yaml", edge.yaml());
    let run = plan(&folder, "--against now next");
    assert_eq!(run.code, 0, "{run}");
    assert_snapshot!(run);
}

#[test]
fn what_needs_no_reboot() {
    let folder = cluster();
    let reload = MachineConfig::new("99-infra").role("infra").ignition("3.4.0").file(
        "/etc/containers/policy.json",
        0o644,
        "{\"default\": []}",
    );
    folder.write("next/99-infra.yaml", reload.yaml());
    let policy = json!({"files": [{"path": "/etc/chrony", "actions": [
        {"type": "DaemonReload"},
        {"type": "Restart", "restart": {"serviceName": "chronyd.service"}},
    ]}]});
    folder.write("next/policy.yaml", disruption(&policy));
    let chrony = MachineConfig::new("99-worker").role("worker").ignition("3.4.0").file(
        "/etc/chrony/ntp.conf",
        0o644,
        "server ntp",
    );
    folder.write("next/99-worker.yaml", chrony.yaml());
    assert_snapshot!(plan(&folder, "--against now next"));
}

/// Only the order and the names of MachineConfigs differ, or nothing at all.
#[test]
fn what_is_no_change() {
    let folder = cluster();
    let same = plan(&folder, "--against now next --output json").json();
    for pool in same["pools"].as_array().unwrap() {
        assert_eq!(pool["actions"], json!(["None"]), "{pool}");
        assert_eq!(pool["changes"], json!([]), "{pool}");
    }
    let file = |name: &str, path: &str| {
        MachineConfig::new(name).role("worker").ignition("3.4.0").file(path, 0o644, "x").yaml()
    };
    folder.write("now/b.yaml", file("50-x", "/etc/x") + "---\n" + &file("60-y", "/etc/y"));
    folder.write("next/b.yaml", file("50-y", "/etc/y") + "---\n" + &file("60-x", "/etc/x"));
    assert_snapshot!(plan(&folder, "--against now next -q"));
}

#[test]
fn json_and_its_schema() {
    let folder = cluster();
    let changed = MachineConfig::new("99-infra")
        .role("infra")
        .ignition("3.4.0")
        .file("/etc/a.conf", 0o600, "three")
        .kernel_argument("token=hunter2");
    folder.write("next/99-infra.yaml", changed.yaml());
    let run = plan(&folder, "--against now next --output json");
    let schema = folder.rollgate("schema plan").json();
    jsonschema::validate(&schema, &run.json()).unwrap();
    assert!(!run.stdout.contains("hunter2"), "{run}");
    assert_snapshot!(run);
}

#[test]
fn markdown_for_a_pull_request() {
    let folder = cluster();
    let hostile = "/etc/a|b`c``<img src=x> @all.conf";
    let changed =
        MachineConfig::new("99-infra").role("infra").ignition("3.4.0").file(hostile, 0o644, "x");
    folder.write("next/99-infra.yaml", changed.yaml());
    assert_snapshot!(plan(&folder, "--against now next --output markdown"));
}

#[test]
fn what_the_operator_refuses() {
    let folder = cluster();
    let raid = json!({
        "ignition": {"version": "3.4.0"},
        "storage": {"raid": [{"name": "d", "level": "raid1", "devices": ["/dev/a", "/dev/b"]}]},
    });
    let disks = MachineConfig::new("99-infra").role("infra").spec("config", raid);
    folder.write("next/99-infra.yaml", disks.yaml());
    let invalid =
        MachineConfig::new("99-edge").role("edge").ignition("3.4.0").file("etc/x", 0o644, "x");
    folder.write("next/99-edge.yaml", invalid.yaml());
    let toml = MachineConfig::new("99-worker").role("worker").ignition("3.4.0");
    folder.write(
        "next/99-worker.yaml",
        toml.file("/etc/containers/registries.conf", 0o644, "not toml [[").yaml(),
    );
    let run = plan(&folder, "--against now next");
    assert_eq!(run.code, 1, "{run}");
    assert_snapshot!(run);
}

/// Registries that are added for digests only need no drain; one that goes does.
#[test]
fn registries() {
    let registry = |location: &str| {
        format!(
            "[[registry]]\nlocation = \"{location}\"\n[[registry.mirror]]\nlocation = \"m.example\"\n\
             pull-from-mirror = \"digest-only\"\n"
        )
    };
    let folder = cluster();
    let with = |registries: &str| {
        let config = MachineConfig::new("50-worker").role("worker").ignition("3.4.0");
        config.file("/etc/containers/registries.conf", 0o644, registries).yaml()
    };
    folder.write("now/r.yaml", with(&registry("a.example")));
    folder.write("next/r.yaml", with(&(registry("a.example") + &registry("b.example"))));
    let added = plan(&folder, "--against now next -q");
    let removed = plan(&folder, "--against next now");
    assert_snapshot!(format!("added: {added}\nremoved: {removed}"));
}

/// What runs now as rendered configs, and the change as rendered configs too.
#[test]
fn rendered_configs() {
    let rendered = |name: &str, argument: &str| {
        MachineConfig::new(name)
            .ignition("3.5.0")
            .kernel_argument(argument)
            .spec("osImageURL", json!("quay.io/os@sha256:aa"))
            .yaml()
    };
    let folder = Folder::with(&[]);
    folder.write("now.yaml", rendered("rendered-worker-0aaa", "audit=1"));
    folder.write("next.yaml", rendered("rendered-worker-0bbb", "audit=0"));
    folder.write(
        "both.yaml",
        rendered("rendered-worker-0bbb", "audit=0")
            + "---\n"
            + &rendered("rendered-worker-0aaa", "audit=1"),
    );
    folder.write("parts.yaml", base("worker").yaml());
    let runs = [
        "--against now.yaml next.yaml",
        "--against now.yaml parts.yaml",
        "--against now.yaml both.yaml",
        "--against both.yaml next.yaml",
    ]
    .map(|arguments| format!("$ {arguments}\n{}\n", plan(&folder, arguments)));
    assert_snapshot!(runs.concat());
}

#[test]
fn pools_that_come_and_go() {
    let folder = cluster();
    folder.write(
        "now/pools.yaml",
        [pool("infra", json!({})), pool("worker", json!({}))].join("---\n"),
    );
    folder.write(
        "next/pools.yaml",
        [pool("edge", json!({})), pool("worker", json!({}))].join("---\n"),
    );
    let own = |role: &str| {
        let config = MachineConfig::new(&format!("50-{role}")).role(role).ignition("3.4.0");
        config.file(&format!("/etc/{role}"), 0o644, "x").yaml()
    };
    folder.write("now/infra.yaml", own("infra"));
    folder.write("next/edge.yaml", own("edge"));
    assert_snapshot!(plan(&folder, "--against now next"));
}

#[test]
fn a_release_that_is_not_known_matters_where_releases_differ() {
    let folder = cluster();
    let key = MachineConfig::new("99-infra").role("infra").ignition("3.2.0");
    folder.write("next/99-infra.yaml", key.file("/etc/crio/policies/a.json", 0o644, "{}").yaml());
    let run = folder.rollgate("plan --no-config --against now next -q");
    assert_eq!(run.code, 3, "{run}");
    assert_snapshot!(run);
}

#[test]
fn bad_input() {
    let folder = cluster();
    folder.write("empty/a.yaml", "kind: ConfigMap\napiVersion: v1\n");
    folder.write("broken/a.yaml", base("worker").yaml() + "---\na: [b\n");
    let malformed = json!({"files": [
        {"path": "/etc/a.conf", "actions": [{"type": "Reload"}, {"type": "Rebot"}]},
        {"actions": [{"type": "None"}, {"type": "Drain"}]},
        {"path": "/etc/b.conf", "action": [{"type": "None"}]},
        {"path": "/etc/a.conf", "actions": [{"type": "None"}]},
    ], "units": "all"});
    folder.write("malformed/policy.yaml", disruption(&malformed));
    folder.write("malformed/worker.yaml", base("worker").file("/etc/c", 0o644, "c").yaml());
    let runs = [
        "next",
        "--against now",
        "--against missing next",
        "--against empty next",
        "--against now empty",
        "--against broken next",
        "--against now broken",
        "--against now malformed",
        "--against now next --output xml",
        "--against now next --output json --output markdown",
        "--against now next --stream rhel9",
    ]
    .map(|arguments| format!("$ {arguments}\n{}\n", plan(&folder, arguments)));
    assert_snapshot!(runs.concat());
}
