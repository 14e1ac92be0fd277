//! `rollgate plan` beside MachineConfigs: what a MachineOSConfig, a MachineConfiguration or the topology
//! of the cluster make of a change.

use insta::assert_snapshot;
use rollgate_testkit::{MachineConfig, to_yaml};
use serde_json::{Value, json};

use crate::harness::Folder;
use crate::plan::{cluster, disruption, plan};

/// A MachineOSConfig for the pool `infra`.
fn layered(containerfile: &str) -> String {
    to_yaml(&json!({
        "apiVersion": "machineconfiguration.openshift.io/v1",
        "kind": "MachineOSConfig",
        "metadata": {"name": "infra"},
        "spec": {
            "machineConfigPool": {"name": "infra"},
            "containerFile": [{"containerfileArch": "NoArch", "content": containerfile}],
        },
    }))
}

fn chrony(folder: &Folder, path: &str) {
    let config = MachineConfig::new("99-worker").role("worker").ignition("3.4.0");
    folder.write(path, config.file("/etc/chrony.conf", 0o644, "server ntp").yaml());
}

/// What the plan says of the pool `infra`, whose MachineOSConfig is this before and after.
fn built(before: Option<&str>, after: Option<&str>, change: &MachineConfig) -> Value {
    let folder = cluster();
    for (side, containerfile) in [("now", before), ("next", after)] {
        if let Some(containerfile) = containerfile {
            folder.write(&format!("{side}/layered.yaml"), layered(containerfile));
        }
    }
    folder.write("next/99-infra.yaml", change.yaml());
    let plan = plan(&folder, "--against now next --output json").json();
    let pools = plan["pools"].as_array().unwrap();
    assert!(
        pools.iter().all(|pool| pool["name"] == "infra" || pool["rebuild"].is_null()),
        "{plan}"
    );
    let infra = pools.iter().find(|pool| pool["name"] == "infra").unwrap();
    let items = infra["changes"].as_array().unwrap().iter();
    let items: Vec<&Value> = items.map(|change| &change["item"]).collect();
    json!([infra["rebuild"], infra["actions"], infra["diff"]["osUpdate"], items])
}

#[test]
fn images_that_on_cluster_layering_builds() {
    let none = MachineConfig::new("99-infra").role("infra").ignition("3.4.0");
    let extension = none.clone().extension("usbguard");
    let reload = none.clone().file("/etc/containers/policy.json", 0o644, "{ }");
    let (one, two) = (Some("FROM configs AS final"), Some("FROM configs AS final\nRUN true"));
    let cases = [
        ((None, None, &none), json!([null, ["None"], false, []])),
        ((one, one, &none), json!([false, ["None"], false, []])),
        ((one, one, &reload), json!([false, ["Reload"], false, ["/etc/containers/policy.json"]])),
        ((one, one, &extension), json!([true, ["Reboot"], false, ["usbguard"]])),
        ((one, two, &none), json!([true, ["Reboot"], true, ["infra"]])),
        ((None, one, &none), json!([true, ["Reboot"], true, ["infra"]])),
        ((one, None, &extension), json!([false, ["Reboot"], true, ["infra", "usbguard"]])),
    ];
    for ((before, after, change), expected) in cases {
        assert_eq!(built(before, after, change), expected, "{before:?} {after:?}");
    }
}

/// Rendered configs alone do not tell whether a pool had its image built.
#[test]
fn an_image_that_may_have_been_built_before() {
    let folder = Folder::with(&[]);
    let rendered = |name: &str| MachineConfig::new(name).ignition("3.5.0").yaml();
    folder.write("now.yaml", rendered("rendered-infra-0aaa"));
    folder.write("next/rendered.yaml", rendered("rendered-infra-0bbb"));
    folder.write("next/layered.yaml", layered("FROM configs AS final"));
    assert_snapshot!(plan(&folder, "--against now.yaml next"));
}

#[test]
fn an_image_as_people_read_it() {
    let folder = cluster();
    folder.write("now/layered.yaml", layered("FROM configs AS final"));
    assert_snapshot!(plan(&folder, "--against now next"));
}

/// A MachineConfiguration of the change counts, with or without policies; without one, that of what
/// runs now. Only the one named `cluster` is one.
#[test]
fn whose_disruption_policies_count() {
    let none = json!({"files": [{"path": "/etc/chrony.conf", "actions": [{"type": "None"}]}]});
    let folder = cluster();
    chrony(&folder, "next/99-worker.yaml");
    let other = disruption(&none).replace("\"cluster\"", "\"other\"");
    folder.write("next/other.yaml", other);
    let actions = || {
        let plan = plan(&folder, "--against now next --output json").json();
        json!([plan["pools"][2]["actions"], plan["assumptions"][0]])
    };
    let nobody = actions();
    folder.write("now/policy.yaml", disruption(&none));
    let before = actions();
    folder.write("next/policy.yaml", disruption(&json!({})));
    let after = actions();
    insta::assert_json_snapshot!([nobody, before, after]);
}

/// A release from before MachineConfiguration had policies does what is built in, and the plan says so.
#[test]
fn disruption_policies_that_the_release_does_not_take() {
    let none = json!({"files": [{"path": "/etc/chrony.conf", "actions": [{"type": "None"}]}]});
    let folder = cluster();
    chrony(&folder, "next/99-worker.yaml");
    folder.write("next/policy.yaml", disruption(&none));
    let run = folder.rollgate("plan --no-config --release 4.16 --against now next --output json");
    let plan = run.json();
    assert_eq!(plan["pools"][2]["actions"], json!(["Reboot"]), "{run}");
    assert_snapshot!(plan["assumptions"][0].as_str().unwrap());
}

/// Which of several policies counts for `/etc/chrony.conf`: paths are simplified, the longest wins, and
/// that for `/` covers nothing.
#[test]
fn the_paths_of_disruption_policies() {
    let cases = [
        ("/etc/chrony.conf", "None"),
        ("/etc", "None"),
        ("/etc/", "None"),
        ("//etc/./x/..", "None"),
        ("/", "Reboot"),
        ("/etc/chrony", "Reboot"),
        ("/etc/chrony.conf/x", "Reboot"),
        ("etc", "Reboot"),
    ];
    let folder = cluster();
    chrony(&folder, "next/99-worker.yaml");
    for (path, expected) in cases {
        let policy = json!({"files": [{"path": path, "actions": [{"type": "None"}]}]});
        folder.write("next/policy.yaml", disruption(&policy));
        let plan = plan(&folder, "--against now next --output json").json();
        assert_eq!(plan["pools"][2]["actions"], json!([expected]), "{path}");
    }
}

/// What each release does of its own accord: the table of `policies/data/node_disruption.yaml`.
#[test]
fn what_releases_do_without_being_told() {
    let digests = "[[registry]]\nlocation = \"a.example\"\n";
    let by_registry = format!(
        "{digests}mirror-by-digest-only = true\n[[registry.mirror]]\nlocation = \"m.example\"\n"
    );
    let by_mirror = format!(
        "{digests}[[registry.mirror]]\nlocation = \"m.example\"\npull-from-mirror = \"digest-only\"\n"
    );
    let registries = "/etc/containers/registries.conf";
    let cases = [
        ("/etc/containers/policy.json", "", "4.9", json!([["Reboot"], true])),
        ("/etc/containers/policy.json", "", "4.10", json!([["Reload"], false])),
        ("/etc/containers/registries.d/a.yaml", "", "4.15", json!([["Reboot"], true])),
        ("/etc/containers/registries.d/a.yaml", "", "4.16", json!([["Reload"], false])),
        ("/etc/kubernetes/kubelet-ca.crt", "", "4.16", json!([["None"], false])),
        ("/etc/kubernetes/kubelet-ca.crt", "", "4.17", json!([["Reboot"], true])),
        ("/etc/kubernetes/credential-providers/a.yaml", "", "4.21", json!([["Reboot"], true])),
        ("/etc/kubernetes/credential-providers/a.yaml", "", "4.22", json!([["Restart"], false])),
        (registries, &by_registry, "4.6", json!([["Reboot"], true])),
        (registries, &by_registry, "4.7", json!([["Drain", "Reload"], true])),
        (registries, &by_registry, "4.12", json!([["Special"], false])),
        (registries, &by_registry, "4.13", json!([["Special"], true])),
        (registries, &by_mirror, "4.12", json!([["Special"], true])),
        (registries, &by_mirror, "4.13", json!([["Special"], false])),
    ];
    let config = |name: &str| MachineConfig::new(name).role("worker").ignition("3.1.0");
    let folder = Folder::with(&[("now.yaml", &config("00-worker").yaml())]);
    for (path, contents, release, expected) in cases {
        let changed = config("99-worker").file(path, 0o644, contents);
        folder.write("next.yaml", format!("{}---\n{}", config("00-worker").yaml(), changed.yaml()));
        let run = folder.rollgate(&format!(
            "plan --no-config --release {release} --against now.yaml next.yaml --output json"
        ));
        let pool = &run.json()["pools"][0];
        assert_eq!(json!([pool["actions"], pool["drain"]]), expected, "{path} as {release}");
    }
}

/// A NodePool of HyperShift asks no policy: any change rolls its nodes. New nodes take anything.
#[test]
fn node_pools() {
    let folder = Folder::with(&[]);
    let config = MachineConfig::new("50-edge").ignition("3.4.0");
    let side = |name: &str, upgrade_type: &str, config: &MachineConfig| {
        let node_pool = json!({
            "apiVersion": "hypershift.openshift.io/v1beta1",
            "kind": "NodePool",
            "metadata": {"name": "edge", "namespace": "clusters"},
            "spec": {"config": [{"name": "files"}], "management": {"upgradeType": upgrade_type}},
        });
        let files = json!({
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": "files", "namespace": "clusters"},
            "data": {"config": config.yaml()},
        });
        let node_pool = if upgrade_type.is_empty() { String::new() } else { to_yaml(&node_pool) };
        folder.write(name, format!("{node_pool}---\n{}", to_yaml(&files)));
    };
    let files = config.clone().file("/etc/containers/policy.json", 0o644, "{}");
    let disks = config.clone().spec(
        "config",
        json!({
            "ignition": {"version": "3.4.0"},
            "storage": {"disks": [{"device": "/dev/sdb", "wipeTable": true}]},
        }),
    );
    let runs: Vec<String> = [("Replace", &config), ("Replace", &files), ("InPlace", &files)]
        .into_iter()
        .chain([("", &files), ("Replace", &disks), ("InPlace", &disks)])
        .map(|(upgrade_type, changed)| {
            side("now.yaml", upgrade_type, &config);
            side("next.yaml", upgrade_type, changed);
            format!("# {upgrade_type}\n{}\n", plan(&folder, "--against now.yaml next.yaml"))
        })
        .collect();
    assert_snapshot!(runs.concat());
    for (upgrade_type, refused) in [("Replace", 0), ("InPlace", 1)] {
        side("now.yaml", upgrade_type, &config);
        side("next.yaml", upgrade_type, &disks);
        let run = folder.check("--release 4.20 --output json --against now.yaml next.yaml");
        let report = run.json();
        let findings = report["findings"].as_array().unwrap().iter();
        let found = findings.filter(|finding| finding["rule"] == "pool.irreconcilable-change");
        assert_eq!(found.count(), refused, "{upgrade_type}: {run}");
    }
}

/// Where the control plane is a single node, no node is drained.
#[test]
fn a_control_plane_of_a_single_node() {
    let folder = cluster();
    chrony(&folder, "next/99-worker.yaml");
    folder.write(
        "now/infrastructure.yaml",
        "apiVersion: config.openshift.io/v1\nkind: Infrastructure\nmetadata: {name: cluster}\n\
         status: {controlPlaneTopology: SingleReplica, platformStatus: {type: None}}\n",
    );
    let policy = json!({"units": [{"name": "a.service", "actions": [{"type": "Drain"}]}]});
    folder.write("next/policy.yaml", disruption(&policy));
    let unit = MachineConfig::new("99-infra").role("infra").ignition("3.4.0");
    folder.write("next/99-infra.yaml", unit.unit("a.service", "[Service]\n").yaml());
    std::fs::remove_file(folder.path().join("next/99-worker.yaml")).unwrap();
    let drain = plan(&folder, "--against now next");
    chrony(&folder, "next/99-worker.yaml");
    let reboot = plan(&folder, "--against now next");
    assert_snapshot!(format!("drain: {drain}\nreboot: {reboot}"));
}
