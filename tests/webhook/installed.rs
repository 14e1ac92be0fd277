//! The programs as they are installed: with the arguments of their containers, and with the rights of their
//! accounts and no others.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use rollgate_testkit::certificate::{Authority, GOOD};
use rollgate_testkit::control_plane::{ControlPlane, User};
use rollgate_testkit::shared_corpus;
use rollgate_testkit::webhook::{PATIENCE, Webhook};
use serde_json::Value;

use crate::deploy::{composed, kubectl};
use crate::manifests::{OVERLAYS, PHASES, objects, printed, run};
use crate::support::BINARY;

/// A pool, and a MachineConfig with something to find in it.
const FOUND: &str = "
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfigPool
metadata: {name: worker, labels: {machineconfiguration.openshift.io/mco-built-in: ''}}
spec:
  machineConfigSelector: {matchLabels: {machineconfiguration.openshift.io/role: worker}}
  nodeSelector: {matchLabels: {node-role.kubernetes.io/worker: ''}}
---
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata: {name: 99-worker-fast, labels: {machineconfiguration.openshift.io/role: worker}}
spec: {kernelArguments: [mitigations=off]}
";

#[test]
fn the_arguments_of_each_container_are_ones_that_the_program_has() {
    let test = "the_arguments_of_each_container_are_ones_that_the_program_has";
    let mut texts: Vec<_> = OVERLAYS.iter().map(|o| printed(&["--overlay", o])).collect();
    if let Some(kubectl) = kubectl(test) {
        texts.push(composed(&kubectl, "openshift", "metrics-tls", ""));
    }
    for object in texts.iter().flat_map(|text| objects(text)) {
        let containers = object.pointer("/spec/template/spec/containers").and_then(Value::as_array);
        for container in containers.into_iter().flatten() {
            let arguments = container["args"].as_array().unwrap();
            let arguments: Vec<_> = arguments.iter().map(|it| it.as_str().unwrap()).collect();
            // Whatever comes before `--help` is read first.
            let output = Command::new(BINARY).args(&arguments).arg("--help").output().unwrap();
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{arguments:?}: {told}");
        }
    }
}

#[test]
fn the_configuration_of_each_phase_loads_and_a_broken_one_is_not_printed() {
    let components = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/components");
    for phase in PHASES {
        let file = components.join(phase).join("rollgate.yaml");
        let own = printed(&["--phase", phase, "--config", file.to_str().unwrap()]);
        assert_eq!(own, printed(&["--phase", phase]));
    }
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("rollgate.yaml");
    fs::write(&broken, "admission: {mode: block}\n").unwrap();
    let output = run(&["--config", broken.to_str().unwrap()]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("admission.mode"), "{told}");
}

#[test]
fn each_program_needs_no_more_than_its_account_may_do() {
    let test = "each_program_needs_no_more_than_its_account_may_do";
    let webhook = User::service_account("rollgate", "rollgate-webhook");
    let audit = User::service_account("rollgate", "rollgate-audit");
    let users = [webhook.clone(), audit.clone()];
    let Some(cluster) = ControlPlane::start_with(test, &users) else { return };
    let Some(corpus) = shared_corpus(test) else { return };
    cluster.install(&corpus.join("crds"));
    cluster.install(&corpus.join("schemas/openreports.io_clusterreports.yaml"));
    cluster.apply(&printed(&["--overlay", "openshift", "--no-monitoring"]));
    cluster.apply(FOUND);
    serves(&cluster.kubeconfig(&webhook));
    audits(&cluster, &cluster.kubeconfig(&audit));
}

/// `serve` reads everything that it asks for.
fn serves(kubeconfig: &Path) {
    let tls = tempfile::tempdir().unwrap();
    Authority::new().sign(&GOOD).write(tls.path());
    let kubeconfig = kubeconfig.to_str().unwrap();
    let webhook = Webhook::serve(BINARY, tls.path(), &["--kubeconfig", kubeconfig]);
    webhook.wait("ready", |webhook| webhook.get("/readyz").status == 200);
    assert_no_refusal(&webhook.log().join("\n"));
}

/// `watch` takes the Lease, writes a report and an Event, and gives the Lease up at the end.
fn audits(cluster: &ControlPlane, kubeconfig: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let mut command = Command::new(BINARY);
    command.arg("watch").arg("--kubeconfig").arg(kubeconfig);
    command.args(["--namespace", "rollgate", "--identity", "audit-0"]);
    command.args(["--metrics-listen", "127.0.0.1:0"]).stderr(File::create(&log).unwrap());
    let mut audit = Ended(command.spawn().unwrap());
    let said = || fs::read_to_string(&log).unwrap();
    let get = |arguments: &[&str]| {
        let arguments = [&["get"], arguments].concat();
        cluster.kubectl(&User::admin(), &arguments, "").stdout
    };
    let holder =
        ["lease", "rollgate-audit", "-n", "rollgate", "-o", "jsonpath={.spec.holderIdentity}"];
    eventually("the Lease is held", &said, || get(&holder) == "audit-0");
    let reports = ["clusterreports", "-o", "jsonpath={.items[*].summary.fail}"];
    eventually("a report is written", &said, || {
        get(&reports).contains(|it: char| ('1'..='9').contains(&it))
    });
    let events = ["events.v1.events.k8s.io", "-n", "default", "-o", "name"];
    eventually("an Event is written", &said, || !get(&events).is_empty());
    let told = Command::new("kill").args(["-TERM", &audit.0.id().to_string()]).status();
    assert!(told.unwrap().success());
    eventually("the Lease is given up", &said, || get(&holder).is_empty());
    assert!(audit.0.wait().unwrap().success());
    assert_no_refusal(&said());
}

/// What an account may not do is in the log.
fn assert_no_refusal(log: &str) {
    let refused = ["forbid", "Forbidden", "403"];
    let refusals: Vec<_> =
        log.lines().filter(|line| refused.iter().any(|it| line.contains(it))).collect();
    assert_eq!(refusals, <[&str; 0]>::default());
}

fn eventually(what: &str, log: &dyn Fn() -> String, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < end, "{what}: never; {}", log());
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// A process that does not outlive its test.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
