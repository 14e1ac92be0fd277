//! What is installed: kustomize and `rollgate-webhook manifests` agree on it, a real API server takes all
//! of it, and its accounts may do what they need and no more.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rollgate_testkit::control_plane::{ControlPlane, User};
use serde_json::{Value, json};

use crate::manifests::{OVERLAYS, PHASES, object, objects, printed, run};

const VALIDATION: &str = "validatingwebhookconfigurations.admissionregistration.k8s.io";
const IMAGE: &str = "registry.example.com/tools/rollgate-webhook@sha256:\
    0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// Written by `ROLLGATE_UPDATE=1 cargo test -p rollgate-webhook --test webhook`.
#[test]
fn rendered_files_are_what_kustomize_makes_of_the_overlays() {
    let Some(kubectl) = kubectl("rendered_files_are_what_kustomize_makes_of_the_overlays") else {
        return;
    };
    for overlay in OVERLAYS {
        let file = deploy().join(format!("rendered/{overlay}.yaml"));
        let made = kustomize(&kubectl, &deploy().join("overlays").join(overlay));
        let text =
            format!("# Generated from ../overlays/{overlay} by kustomize; do not edit.\n{made}");
        if std::env::var_os("ROLLGATE_UPDATE").is_some() {
            fs::write(&file, &text).unwrap();
        }
        assert!(fs::read_to_string(&file).unwrap() == text, "run again with ROLLGATE_UPDATE=1");
    }
}

#[test]
fn what_is_printed_is_what_kustomize_makes_of_the_same_choices() {
    let Some(kubectl) = kubectl("what_is_printed_is_what_kustomize_makes_of_the_same_choices")
    else {
        return;
    };
    let (name, digest) = IMAGE.split_once('@').unwrap();
    for overlay in OVERLAYS {
        for phase in PHASES {
            let image = "quay.io/rollgate/rollgate-webhook";
            let image = format!("{{name: {image}, newName: {name}, digest: \"{digest}\"}}");
            let made = composed(&kubectl, overlay, phase, &format!("images: [{image}]"));
            let text = printed(&["--overlay", overlay, "--phase", phase, "--image", IMAGE]);
            assert_eq!(objects(&text), objects(&made), "{overlay}, {phase}");
        }
    }
}

#[test]
fn another_namespace_leaves_nothing_of_the_first() {
    for overlay in OVERLAYS {
        let text = printed(&["--overlay", overlay, "--namespace", "node-gate"]);
        let left =
            ["namespace: rollgate\n", ".rollgate.svc", " rollgate/", "namespace=\"rollgate\""];
        let left: Vec<_> = left.into_iter().filter(|mention| text.contains(mention)).collect();
        assert_eq!(left, <[&str; 0]>::default(), "{overlay}");
        let objects = objects(&text);
        object(&objects, "Namespace", "node-gate");
        let validation = object(&objects, "ValidatingWebhookConfiguration", "rollgate");
        let called = &validation["webhooks"][0]["clientConfig"]["service"];
        assert_eq!(called["namespace"], "node-gate");
        // Events about what has no namespace stay where the API server keeps them.
        let events = object(&objects, "Role", "rollgate-audit-events");
        assert_eq!(events["metadata"]["namespace"], "default");
        // Nothing else differs: written back, it is what is printed without the choice.
        let first = text
            .replace("namespace: node-gate", "namespace: rollgate")
            .replace(" node-gate/", " rollgate/")
            .replace(".node-gate.svc", ".rollgate.svc")
            .replace("namespace=\"node-gate\"", "namespace=\"rollgate\"")
            .replace("  name: node-gate\n", "  name: rollgate\n");
        assert_eq!(first, printed(&["--overlay", overlay]), "{overlay}");
    }
}

#[test]
fn a_configuration_of_ones_own_takes_the_place_of_the_phases() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rollgate.yaml");
    let text = "# ours\nfail_on: high\nwaivers: []\n";
    fs::write(&file, text).unwrap();
    let objects = objects(&printed(&["--phase", "enforce", "--config", file.to_str().unwrap()]));
    let config = object(&objects, "ConfigMap", "rollgate-config");
    assert_eq!(config["data"], json!({"rollgate.yaml": text}));
    let validation = object(&objects, "ValidatingWebhookConfiguration", "rollgate");
    assert_eq!(validation["webhooks"][0]["failurePolicy"], "Fail");
    let output = run(&["--config", folder.path().join("none.yaml").to_str().unwrap()]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
}

#[test]
fn what_needs_the_prometheus_operator_can_be_left_out() {
    let names = |arguments: &[&str]| -> BTreeSet<String> {
        let text = |field: &Value| field.as_str().unwrap().to_owned();
        let of = |object: &Value| {
            format!("{}/{}", text(&object["kind"]), text(&object["metadata"]["name"]))
        };
        objects(&printed(arguments)).iter().map(of).collect()
    };
    let (all, without) = (names(&[]), names(&["--no-monitoring"]));
    let left_out: Vec<_> = all.difference(&without).collect();
    let monitoring =
        ["ConfigMap/dashboard-rollgate", "PrometheusRule/rollgate", "ServiceMonitor/rollgate"];
    assert_eq!(left_out, monitoring);
}

#[test]
fn a_name_that_no_cluster_would_take_is_refused() {
    for (flag, value) in [
        ("--namespace", "Rollgate"),
        ("--namespace", ""),
        ("--namespace", "a\nb: c"),
        ("--image", "not an image"),
        ("--image", "quay.io/x@sha256:12"),
        ("--phase", "block"),
    ] {
        let output = run(&[flag, value]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{flag} {value:?}");
    }
}

#[test]
fn a_real_api_server_takes_every_set_one_phase_after_the_other() {
    let test = "a_real_api_server_takes_every_set_one_phase_after_the_other";
    let Some(cluster) = cluster(test) else { return };
    let authority = STANDARD.encode(fs::read(cluster.certificate_authority()).unwrap());
    for overlay in OVERLAYS {
        for (phase, failure_policy) in PHASES.into_iter().zip(["Ignore", "Ignore", "Fail"]) {
            let yaml = printed(&["--overlay", overlay, "--phase", phase, "--image", IMAGE]);
            // A violation of Pod Security and a field that is deprecated would be warnings.
            let apply = ["apply", "--server-side", "-f", "-"];
            let answer = cluster.kubectl(&User::admin(), &apply, &yaml).succeed();
            assert_eq!(answer.stderr, "", "{overlay}, {phase}");
            let again = ["apply", "--server-side", "--dry-run=server", "-f", "-"];
            cluster.kubectl(&User::admin(), &again, &yaml).succeed();
            // All that was printed is stored: nothing was pruned as unknown, nothing defaulted away.
            for printed in objects(&yaml) {
                assert_contains(
                    &stored(&cluster, &printed),
                    &printed,
                    &format!("{overlay}, {phase}"),
                );
            }
            let get = ["get", VALIDATION, "rollgate", "-o", "json"];
            let webhook = &cluster.kubectl(&User::admin(), &get, "").json()["webhooks"][0];
            assert_eq!(webhook["failurePolicy"], failure_policy, "{overlay}, {phase}");
            // What the cluster's own controller writes outlives the next phase.
            let bundle = &webhook["clientConfig"]["caBundle"];
            assert!((overlay, phase) == ("openshift", "report") || *bundle == authority);
            inject(&cluster, &authority);
        }
    }
    let kubectl = kubectl(test).unwrap();
    cluster.apply(&composed(&kubectl, "openshift", "metrics-tls", ""));
}

/// The image is built by the toolchain that the workspace asks for.
#[test]
fn the_image_is_built_by_the_toolchain_of_the_workspace() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (manifest, containerfile) =
        (root.join("Cargo.toml"), root.join("admission-webhook/Containerfile"));
    let manifest = fs::read_to_string(manifest).unwrap();
    let line = manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap();
    let builder = format!("ARG BUILDER=docker.io/library/rust:{}-", line.trim_matches('"'));
    assert!(fs::read_to_string(containerfile).unwrap().contains(&builder), "{builder}");
}

#[test]
fn each_account_may_do_what_it_needs_and_no_more() {
    let test = "each_account_may_do_what_it_needs_and_no_more";
    let Some(cluster) = cluster(test) else { return };
    cluster.apply(&printed(&["--overlay", "openshift"]));
    let read: Vec<String> = [
        "apiservers.config.openshift.io",
        "clusterimagepolicies.config.openshift.io",
        "clusterversions.config.openshift.io",
        "containerruntimeconfigs.machineconfiguration.openshift.io",
        "controllerconfigs.machineconfiguration.openshift.io",
        "imagecontentsourcepolicies.operator.openshift.io",
        "imagedigestmirrorsets.config.openshift.io",
        "images.config.openshift.io",
        "imagetagmirrorsets.config.openshift.io",
        "infrastructures.config.openshift.io",
        "kubeletconfigs.machineconfiguration.openshift.io",
        "machineconfignodes.machineconfiguration.openshift.io",
        "machineconfigpools.machineconfiguration.openshift.io",
        "machineconfigs.machineconfiguration.openshift.io",
        "machineconfigurations.operator.openshift.io",
        "machineosbuilds.machineconfiguration.openshift.io",
        "machineosconfigs.machineconfiguration.openshift.io",
        "nodes",
        "osimagestreams.machineconfiguration.openshift.io",
        "pinnedimagesets.machineconfiguration.openshift.io",
    ]
    .iter()
    .map(|resource| format!("{resource} [] [] [get list watch]"))
    .collect();
    let with = |more: &[&str]| -> Vec<String> {
        let more = more.iter().map(|&line| line.to_owned());
        let all: BTreeSet<_> = read.iter().cloned().chain(more).collect();
        all.into_iter().collect()
    };
    let reports = "clusterreports.openreports.io [] [] [list create patch delete]";
    for (account, namespace, expected) in [
        ("rollgate-webhook", "rollgate", with(&[])),
        ("rollgate-webhook", "default", with(&[])),
        ("rollgate-webhook", "kube-system", with(&[])),
        (
            "rollgate-audit",
            "rollgate",
            with(&[
                reports,
                "leases.coordination.k8s.io [] [] [create]",
                "leases.coordination.k8s.io [] [rollgate-audit] [get update]",
            ]),
        ),
        (
            "rollgate-audit",
            "default",
            with(&[reports, "events.events.k8s.io [] [] [create patch]"]),
        ),
        ("rollgate-audit", "kube-system", with(&[reports])),
    ] {
        let may = may_do(&cluster, &format!("rollgate:{account}"), namespace);
        // What every account may do, of which a cluster and not the manifests decides.
        let anyone = may_do(&cluster, "default:nobody", namespace);
        let may: Vec<_> = may.difference(&anyone).cloned().collect();
        assert_eq!(may, expected, "{account} in {namespace}");
    }
}

/// The lines of `kubectl auth can-i --list`, one space between the columns.
fn may_do(cluster: &ControlPlane, account: &str, namespace: &str) -> BTreeSet<String> {
    let account = format!("system:serviceaccount:{account}");
    let asked = ["auth", "can-i", "--list", "--no-headers", "--as", &account, "-n", namespace];
    let answer = cluster.kubectl(&User::admin(), &asked, "").succeed();
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    answer.stdout.lines().map(line).collect()
}

/// A cluster that knows the kinds of OpenShift, of the Prometheus operator and of cert-manager.
fn cluster(test: &str) -> Option<ControlPlane> {
    let cluster = ControlPlane::start(test)?;
    let definitions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/crds");
    cluster.install(&definitions);
    // Where OpenShift's console looks for dashboards.
    let namespace = ["create", "namespace", "openshift-config-managed"];
    cluster.kubectl(&User::admin(), &namespace, "").succeed();
    cluster.install_machine_config_crds(test).then_some(cluster)
}

/// Writes a CA into the configuration, as the service CA operator and cert-manager do.
fn inject(cluster: &ControlPlane, authority: &str) {
    let patch =
        json!([{"op": "add", "path": "/webhooks/0/clientConfig/caBundle", "value": authority}]);
    let patch = ["patch", VALIDATION, "rollgate", "--type=json", "-p", &patch.to_string()];
    cluster.kubectl(&User::admin(), &patch, "").succeed();
}

/// The object as the API server has it.
fn stored(cluster: &ControlPlane, object: &Value) -> Value {
    let text = |field: &Value| field.as_str().unwrap_or_default().to_owned();
    let group =
        text(&object["apiVersion"]).split_once('/').map_or(String::new(), |(g, _)| format!(".{g}"));
    let kind = text(&object["kind"]);
    let kind =
        if kind == "ValidatingWebhookConfiguration" { kind } else { format!("{kind}{group}") };
    let (name, namespace) =
        (text(&object["metadata"]["name"]), text(&object["metadata"]["namespace"]));
    let arguments = ["get", &kind, &name, "--namespace", &namespace, "-o", "json"];
    cluster.kubectl(&User::admin(), &arguments, "").json()
}

/// That the API server has every field that was printed, with its value; defaults may be added.
fn assert_contains(stored: &Value, printed: &Value, at: &str) {
    match (stored, printed) {
        (Value::Object(stored), Value::Object(printed)) => {
            for (key, value) in printed {
                let at = format!("{at}/{key}");
                assert_contains(stored.get(key).unwrap_or(&Value::Null), value, &at);
            }
        }
        (Value::Array(stored), Value::Array(printed)) => {
            assert_eq!(stored.len(), printed.len(), "{at}");
            for (index, (stored, printed)) in stored.iter().zip(printed).enumerate() {
                assert_contains(stored, printed, &format!("{at}/{index}"));
            }
        }
        _ => assert_eq!(stored, printed, "{at}"),
    }
}

/// The folder of the manifests.
fn deploy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy")
}

/// The `kubectl` of the control plane, whose kustomize makes what is committed, or whichever is there.
pub(crate) fn kubectl(test: &str) -> Option<PathBuf> {
    let assets = std::env::var_os("KUBEBUILDER_ASSETS").map(PathBuf::from);
    let own = assets.map(|folder| folder.join("kubectl")).filter(|file| file.is_file());
    own.or_else(|| rollgate_testkit::tool(test, "kubectl"))
}

/// What kustomize makes of a folder.
fn kustomize(kubectl: &Path, folder: &Path) -> String {
    let output = Command::new(kubectl).arg("kustomize").arg(folder).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && told.is_empty(), "{told}");
    String::from_utf8(output.stdout).unwrap()
}

/// What kustomize makes of an overlay with a component and whatever else a kustomization says.
pub(crate) fn composed(kubectl: &Path, overlay: &str, component: &str, more: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    copy(&deploy(), &folder.path().join("deploy"));
    let case = folder.path().join("case");
    fs::create_dir(&case).unwrap();
    let kustomization = format!(
        "resources: [../deploy/overlays/{overlay}]\n\
         components: [../deploy/components/{component}]\n\
         {more}\n"
    );
    fs::write(case.join("kustomization.yaml"), kustomization).unwrap();
    kustomize(kubectl, &case)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}
