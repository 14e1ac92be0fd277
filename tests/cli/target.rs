//! What a change is meant for: release, stream, pools, and what runs now.

use insta::assert_snapshot;
use rollgate_testkit::MachineConfig;
use serde_json::json;

use crate::harness::Folder;
use crate::inputs::FAULTY;

/// One that old releases do not read, one that depends on the stream too, and one that depends on
/// the platform; what no release would judge otherwise is judged without knowing it.
#[test]
fn what_is_missing_is_asked_for_where_it_matters() {
    let version = MachineConfig::new("97-worker").role("worker").ignition("3.5.0");
    let extension = MachineConfig::new("98-worker").role("worker").extension("sysstat");
    let owned = MachineConfig::new("99-owned").role("worker").ignition("3.2.0");
    let owned = owned.file("/etc/NetworkManager/conf.d/99-vsphere.conf", 0o644, "a");
    let all = [FAULTY, &version.yaml(), &extension.yaml(), &owned.yaml()].join("---\n");
    let folder = Folder::with(&[("a.yaml", &all)]);
    let runs = [
        "a.yaml",
        "--release 4.20 a.yaml",
        "--release 4.20 --stream rhel-9 --platform none a.yaml",
    ]
    .map(|arguments| format!("$ rollgate check {arguments}\n{}\n", folder.check(arguments)));
    assert_snapshot!(runs.concat());
}

#[test]
fn a_release_that_is_not_known() {
    let folder = Folder::with(&[("a.yaml", FAULTY)]);
    let version = "apiVersion: config.openshift.io/v1\nkind: ClusterVersion\n\
                   metadata: {name: version}\nspec: {desiredUpdate: {version: 9.8.7}}\n\
                   status: {desired: {version: 9.8.7}}\n";
    folder.write("version.yaml", version);
    let commands = [
        "check --no-config --release 9.9 a.yaml",
        "check --no-config version.yaml a.yaml",
        "check --no-config --release 4.20 version.yaml a.yaml",
        "render --no-config --pool worker version.yaml a.yaml",
        "render --no-config --release 9.9 --pool worker a.yaml",
        "check --no-config --release latest a.yaml",
        "check --no-config --stream rhel9 a.yaml",
        "check --no-config --arch amd64 a.yaml",
        "check --no-config --day 3 a.yaml",
    ];
    let runs = commands
        .map(|arguments| format!("$ rollgate {arguments}\n{}\n", folder.rollgate(arguments)));
    assert_snapshot!(runs.concat());
}

/// A pool that selects by another label than the role, which role labels alone would not show.
#[test]
fn pools_come_from_their_objects_before_labels() {
    let pool = json!({
        "apiVersion": "machineconfiguration.openshift.io/v1",
        "kind": "MachineConfigPool",
        "metadata": {"name": "edge"},
        "spec": {
            "machineConfigSelector": {"matchLabels": {"site": "edge"}},
            "nodeSelector": {"matchLabels": {"node-role.kubernetes.io/edge": ""}},
        },
    });
    let edge = MachineConfig::new("98-edge").label("site", "edge").kernel_argument("nopti");
    let folder = Folder::with(&[("a.yaml", FAULTY), ("b.yaml", &edge.yaml())]);
    folder.write("pool.yaml", rollgate_testkit::to_yaml(&pool));
    let with = folder.check("a.yaml b.yaml pool.yaml");
    let without = folder.check("a.yaml b.yaml");
    assert_snapshot!(format!("with the pool: {with}\nwith labels alone: {without}"));
}

fn raid(name: &str, level: &str) -> String {
    MachineConfig::new(name)
        .role("worker")
        .spec(
            "config",
            json!({
                "ignition": {"version": "3.4.0"},
                "storage": {"raid": [{
                    "name": "data", "level": level, "devices": ["/dev/sda", "/dev/sdb"],
                }]},
            }),
        )
        .yaml()
}

/// A running node's disks cannot be changed: whether they are depends on what runs now.
#[test]
fn against_what_runs_now() {
    let folder = Folder::with(&[("new/a.yaml", &raid("50-worker", "raid1"))]);
    folder.write("same/a.yaml", raid("50-worker", "raid1"));
    folder.write("other/a.yaml", raid("50-worker", "raid0"));
    folder.write("rendered/a.yaml", raid("rendered-worker-0123", "raid0"));
    folder.write("rendered-same/a.yaml", raid("rendered-worker-0123", "raid1"));
    let target = "new --release 4.20 --stream rhel-9 --arch x86_64 --platform none";
    let all = [
        "",
        "--day 1",
        "--day 2",
        "--against same",
        "--against other",
        "--against rendered",
        "--against rendered-same",
        "--against missing",
        "--against - -",
    ];
    let runs =
        all.map(|more| format!("$ … {more}\n{}\n", folder.check(&format!("{target} {more}"))));
    assert_snapshot!(runs.concat());
}
