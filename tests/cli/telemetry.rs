//! `rollgate telemetry`: what clusters ask for and run, and what is never told of them.

use insta::assert_snapshot;
use rollgate_testkit::control_plane::{ControlPlane, User};
use rollgate_testkit::{MachineConfig, to_yaml};
use serde_json::{Value, json};

use crate::harness::{Folder, Run};

/// On its way from 4.20 to 4.21: a pool that runs an image of 4.18, machines in every state, an extension that
/// machines still run, and one that no release has.
const EU: &str = include_str!("telemetry/eu.yaml");

fn telemetry(folder: &Folder, arguments: &str) -> Run {
    folder.rollgate(&format!("telemetry --no-config {arguments}"))
}

/// The clusters that `--output json` tells of.
fn clusters(run: &Run) -> Vec<Value> {
    assert_eq!(run.code, 0, "{run}");
    run.json()["clusters"].as_array().unwrap().clone()
}

fn machine_config_pool(name: &str, status: &Value) -> String {
    let key = "machineconfiguration.openshift.io/role";
    to_yaml(&json!({
        "apiVersion": "machineconfiguration.openshift.io/v1",
        "kind": "MachineConfigPool",
        "metadata": {"name": name},
        "spec": {
            "configuration": {"name": format!("rendered-{name}-1")},
            "machineConfigSelector": {"matchLabels": {key: name}},
            "nodeSelector": {"matchLabels": {format!("node-role.kubernetes.io/{name}"): ""}},
        },
        "status": status,
    }))
}

/// A rendered config, as the operator makes it.
fn rendered(name: &str, spec: &Value) -> String {
    to_yaml(&json!({
        "apiVersion": "machineconfiguration.openshift.io/v1",
        "kind": "MachineConfig",
        "metadata": {
            "name": name,
            "annotations": {
                "machineconfiguration.openshift.io/generated-by-controller-version": "1",
            },
        },
        "spec": spec,
    }))
}

/// A cluster of which only a MachineConfig is known.
fn only_machine_configs() -> String {
    MachineConfig::new("99-secret-project").role("worker").extension("usbguard").yaml()
}

#[test]
fn a_fleet_as_people_read_it() {
    let folder = Folder::with(&[("eu.yaml", EU), ("dev/99.yaml", &only_machine_configs())]);
    assert_snapshot!(telemetry(&folder, "eu=eu.yaml dev"));
}

#[test]
fn a_fleet_in_a_spreadsheet() {
    let folder = Folder::with(&[("eu.yaml", EU), ("dev/99.yaml", &only_machine_configs())]);
    assert_snapshot!(telemetry(&folder, "eu=eu.yaml dev --output csv"));
}

#[test]
fn the_document_is_as_its_schema_says() {
    let folder = Folder::with(&[("eu.yaml", EU), ("broken.yaml", "kind: [\n")]);
    let run = telemetry(&folder, "eu=eu.yaml broken.yaml --images --output json");
    assert_eq!(run.code, 3, "{run}");
    let schema = folder.rollgate("schema telemetry").json();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<_> = validator.iter_errors(&run.json()).map(|it| it.to_string()).collect();
    assert_eq!(faults, Vec::<String>::new());
    assert_snapshot!(run);
}

/// What is told by default is read by people who may not read the cluster: no MachineConfig, node, image or
/// content is named. An anonymous document has no name at all that somebody chose.
#[test]
fn what_is_never_told() {
    let secret = MachineConfig::new("99-secret-project")
        .role("worker")
        .ignition("3.4.0")
        .extension("acme-agent")
        .file("/etc/secret-path", 0o600, "hunter2");
    let files =
        [("eu.yaml", EU), ("secret.yaml", &secret.yaml()), ("secret-broken.yaml", "kind: [\n")];
    let folder = Folder::with(&files);
    let chosen = ["acme", "gpu", "secret-broken", "eu.yaml"];
    for output in ["human", "json", "csv"] {
        let clusters = "eu=eu.yaml secret.yaml secret-broken.yaml";
        let never = [
            "quay.io",
            "0123456789abcdef",
            "99-gpu",
            "rendered-",
            "worker-0",
            "hunter2",
            "secret-path",
            "secret-project",
        ];
        let plain = telemetry(&folder, &format!("{clusters} --output {output}"));
        let anonymous = telemetry(&folder, &format!("{clusters} --anonymous --output {output}"));
        assert_eq!((plain.code, anonymous.code), (3, 3), "{plain}");
        for word in never {
            assert!(!plain.stdout.contains(word), "{word} in {plain}");
        }
        for word in never.iter().chain(&chosen) {
            assert!(!anonymous.stdout.contains(word), "{word} in {anonymous}");
        }
        assert!(anonymous.stdout.contains("other"), "{anonymous}");
    }
    let images = telemetry(&folder, "eu=eu.yaml --images --output json");
    assert!(images.stdout.contains("quay.io/acme/os@sha256:"), "{images}");
}

/// What nobody told is unknown, and no zero.
#[test]
fn what_is_not_given_is_not_counted_as_none() {
    let folder = Folder::with(&[("a.yaml", &only_machine_configs())]);
    let [cluster] = &clusters(&telemetry(&folder, "a.yaml --output json"))[..] else { panic!() };
    let pool = &cluster["pools"][0];
    let usbguard = &pool["extensions"][0];
    assert_eq!(pool["machines"], Value::Null);
    assert_eq!(usbguard["machines"], Value::Null);
    assert_eq!(usbguard["machine_configs"], json!(1));
    assert_eq!(usbguard["supported"], json!("unknown"));
    assert_eq!(pool["paused"], Value::Null);
    let what: Vec<_> = pool["unknown"].as_array().unwrap().iter().map(|it| &it["what"]).collect();
    assert_eq!(what, [&json!("machines"), &json!("supported")]);
    // With a release that has it everywhere, nothing else has to be known.
    let run = telemetry(&folder, "a.yaml --release 4.20 --upgrade-to 4.21 --output json");
    let usbguard = &clusters(&run)[0]["pools"][0]["extensions"][0];
    assert_eq!(usbguard["supported"], json!("yes"));
    assert_eq!(usbguard["supported_on_target"], json!("yes"));
}

#[test]
fn a_must_gather_is_read_where_it_matters() {
    let folder = Folder::with(&[]);
    let root = "must-gather.local.1/quay-io-image/cluster-scoped-resources";
    for (index, object) in EU.split("---\n").enumerate() {
        let value: Value = serde_yaml::from_str(object).unwrap();
        let resource = match value["kind"].as_str().unwrap() {
            "ClusterVersion" => "config.openshift.io/clusterversions",
            "Node" => "core/nodes",
            "MachineConfigPool" => "machineconfiguration.openshift.io/machineconfigpools",
            _ => "machineconfiguration.openshift.io/machineconfigs",
        };
        folder.write(&format!("{root}/{resource}/{index}.yaml"), object);
    }
    // A must-gather has gigabytes of what is none of our business.
    folder.write(&format!("{root}/core/persistentvolumes/a.yaml"), "kind: [\n");
    folder.write("must-gather.local.1/quay-io-image/namespaces/a/a.yaml", "kind: [\n");
    folder.write("eu.yaml", EU);
    let [whole] = &clusters(&telemetry(&folder, "eu=eu.yaml --output json"))[..] else { panic!() };
    for given in ["--must-gather eu=must-gather.local.1", "eu=must-gather.local.1/quay-io-image"] {
        let told = clusters(&telemetry(&folder, &format!("{given} --output json")));
        assert_eq!(told, std::slice::from_ref(whole), "{given}");
    }
    let none = telemetry(&folder, "--must-gather eu.yaml");
    assert_eq!(none.code, 2, "{none}");
    assert_snapshot!(none);
}

/// Where no Node is given, others tell: `MachineConfigNode`s, and the pool's own count.
#[test]
fn machines_without_nodes() {
    let spec = json!({"extensions": ["usbguard"], "kernelType": "realtime"});
    let note = |name: &str, updated: &str| {
        to_yaml(&json!({
            "apiVersion": "machineconfiguration.openshift.io/v1",
            "kind": "MachineConfigNode",
            "metadata": {"name": name},
            "spec": {"node": {"name": name}, "pool": {"name": "worker"}},
            "status": {
                "configVersion": {"current": "rendered-worker-1", "desired": "rendered-worker-1"},
                "conditions": [{"type": "Updated", "status": updated}],
            },
        }))
    };
    let counted = |updated: u32| {
        machine_config_pool(
            "worker",
            &json!({
                "configuration": {"name": "rendered-worker-1"},
                "machineCount": 3, "updatedMachineCount": updated,
            }),
        )
    };
    let rendered = rendered("rendered-worker-1", &spec);
    let settled = [counted(3), rendered.clone()].join("---\n");
    let rolling = [counted(2), rendered.clone()].join("---\n");
    let each = ["a", "b"].map(|name| note(name, if name == "a" { "True" } else { "False" }));
    let by_note = [counted(2), rendered, each.join("---\n")].join("---\n");
    let files =
        [("settled.yaml", &*settled), ("rolling.yaml", &*rolling), ("noted.yaml", &*by_note)];
    let folder = Folder::with(&files);
    let run = telemetry(&folder, "settled.yaml rolling.yaml noted.yaml --output json");
    let told: Vec<_> = clusters(&run)
        .iter()
        .map(|cluster| {
            let pool = &cluster["pools"][0];
            let machines = &pool["machines"];
            json!([machines["total"], machines["known"], pool["extensions"][0]["machines"]])
        })
        .collect();
    assert_eq!(told, [json!([3, 3, 3]), json!([3, 0, null]), json!([2, 1, 1])], "{run}");
}

/// An image by tag, one that is none, one that is built in the cluster, and one of a rendered config that
/// may be the release's own.
#[test]
fn images_in_place_of_the_releases_own() {
    let with_image = |name: &str, image: &str| {
        MachineConfig::new(&format!("99-{name}")).role(name).spec("osImageURL", json!(image)).yaml()
    };
    let built = to_yaml(&json!({
        "apiVersion": "machineconfiguration.openshift.io/v1",
        "kind": "MachineOSConfig",
        "metadata": {"name": "built"},
        "spec": {"machineConfigPool": {"name": "built"}},
    }));
    let objects = [
        with_image("tagged", "quay.io/acme/os:4.20"),
        with_image("untagged", "quay.io/acme/os"),
        with_image("invalid", "quay.io/acme/os:4 20"),
        MachineConfig::new("99-built").role("built").yaml(),
        built,
    ];
    let ambiguous = [
        machine_config_pool("worker", &json!({})),
        rendered("rendered-worker-1", &json!({"osImageURL": "quay.io/ocp/os@sha256:0"})),
    ];
    let folder =
        Folder::with(&[("a.yaml", &objects.join("---\n")), ("b.yaml", &ambiguous.join("---\n"))]);
    let run = telemetry(&folder, "a.yaml b.yaml --output json");
    let told = clusters(&run);
    let by = told[0]["pools"].as_array().unwrap().iter().map(|pool| {
        format!("{} {}", pool["name"].as_str().unwrap(), pool["os_image"]["by"].as_str().unwrap())
    });
    let by: Vec<_> = by.collect();
    assert_eq!(by, ["built build", "invalid invalid", "tagged tag", "untagged tag"], "{run}");
    let pool = &told[1]["pools"][0];
    assert_eq!(pool["os_image"], Value::Null);
    let unknown = pool["unknown"].as_array().unwrap();
    assert!(unknown.iter().any(|it| it["what"] == "os_image"), "{run}");
}

/// Names come from whoever may write objects; neither a spreadsheet nor a terminal obeys them.
#[test]
fn names_are_not_obeyed() {
    let formula = "=HYPERLINK(\"http://evil\",\"x\")";
    let config = MachineConfig::new("a").role("worker").extension(formula).extension("a\u{1b}[2J");
    let folder = Folder::with(&[("a.yaml", &config.yaml())]);
    let csv = telemetry(&folder, "=cmd=a.yaml --output csv");
    assert_eq!(csv.code, 2, "{csv}");
    for output in ["csv", "human"] {
        let run = telemetry(&folder, &format!("a.yaml --output {output}"));
        assert!(!run.stdout.contains('\u{1b}') && !run.stdout.contains(",=HYPER"), "{run}");
        assert!(run.stdout.contains("HYPERLINK"), "{run}");
    }
}

#[test]
fn what_cannot_be_told() {
    let folder = Folder::with(&[
        ("eu.yaml", EU),
        ("empty/notes.txt", ""),
        ("other.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"),
    ]);
    let runs = [
        "eu.yaml empty other.yaml --quiet",
        "empty",
        "nowhere.yaml",
        "eu.yaml a=eu.yaml a=eu.yaml",
        "eu.yaml --release 3.11",
        "",
    ];
    let told: Vec<String> =
        runs.iter().map(|it| format!("$ telemetry {it}\n{}", telemetry(&folder, it))).collect();
    assert_snapshot!(told.join("\n"));
}

/// A pool may claim any number of machines, and a rendered config any kernel.
#[test]
fn what_objects_claim_is_bounded() {
    let claims = |name: &str| {
        machine_config_pool(
            name,
            &json!({
                "configuration": {"name": format!("rendered-{name}-1")},
                "machineCount": i64::MAX, "updatedMachineCount": i64::MAX,
                "degradedMachineCount": i64::MAX,
            }),
        )
    };
    let spec = json!({"extensions": ["usbguard", "usbguard"], "kernelType": "acme"});
    let objects = ["a", "b", "c"].map(|name| {
        format!("{}---\n{}", claims(name), rendered(&format!("rendered-{name}-1"), &spec))
    });
    let folder = Folder::with(&[("a.yaml", &objects.join("---\n"))]);
    for output in ["human", "json", "csv"] {
        let run = telemetry(&folder, &format!("a.yaml --output {output}"));
        assert_eq!(run.code, 0, "{run}");
        assert!(!run.stdout.contains("acme") && run.stdout.contains("other"), "{run}");
        assert!(run.stdout.contains(&u64::MAX.to_string()), "{run}");
    }
}

/// A real API server tells the same as the files that were applied to it; one that does not answer is told
/// beside the others.
#[test]
fn a_running_cluster() {
    let test = "telemetry of a running cluster";
    let Some(cluster) = ControlPlane::start(test) else { return };
    if !cluster.install_machine_config_crds(test) {
        return;
    }
    let config = MachineConfig::new("99-guard").role("worker").extension("usbguard").yaml();
    let pool = machine_config_pool("worker", &json!({}));
    cluster.apply(&[config, pool].join("---\n"));
    let kubeconfig = cluster.kubeconfig(&User::admin());
    let written = std::fs::read_to_string(&kubeconfig).unwrap();
    let context = written.lines().find_map(|line| line.trim().strip_prefix("current-context: "));
    let context = context.unwrap().trim_matches('"');
    let folder = Folder::with(&[]);
    folder.write("kubeconfig", &written);
    folder.write("dead", written.replace(&cluster.url(), "https://127.0.0.1:1"));
    let given = format!("--kubeconfig kubeconfig --context lab={context}");
    let told = clusters(&telemetry(&folder, &format!("{given} --release 4.20 --output json")));
    assert_eq!(told[0]["name"], "lab");
    let usbguard = &told[0]["pools"][0]["extensions"][0];
    let expected = json!(["usbguard", 1, "yes", null]);
    let fields = ["name", "machine_configs", "supported", "machines"];
    assert_eq!(json!(fields.map(|field| usbguard[field].clone())), expected);
    let unknown = telemetry(&folder, "--kubeconfig kubeconfig --context nowhere");
    assert_eq!(unknown.code, 2, "{unknown}");
    let dead = telemetry(&folder, "--kubeconfig dead");
    assert_eq!(dead.code, 3, "{dead}");
    assert!(dead.stdout.contains("not read: dead: the cluster does not answer"), "{dead}");
}
