//! `rollgate-webhook watch` against a real API server: what is wrong stands in metrics, Events and policy
//! reports, and one replica writes.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rollgate_testkit::control_plane::{ControlPlane, User};
use serde_json::Value;

/// How long something may take to come about, a Lease's end among it.
const PATIENCE: Duration = Duration::from_mins(2);

const ROLES: &str = "\
apiVersion: v1
kind: Namespace
metadata: {name: rollgate}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: audit}
rules:
- apiGroups: [machineconfiguration.openshift.io, config.openshift.io, operator.openshift.io]
  resources: ['*']
  verbs: [get, list, watch]
- {apiGroups: [''], resources: [nodes], verbs: [get, list, watch]}
- {apiGroups: [openreports.io], resources: [clusterreports], verbs: [get, list, watch, create, patch, delete]}
- {apiGroups: [events.k8s.io], resources: [events], verbs: [create, patch]}
- {apiGroups: [coordination.k8s.io], resources: [leases], verbs: [create]}
- {apiGroups: [coordination.k8s.io], resources: [leases], resourceNames: [rollgate-audit], verbs: [get, update]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: audit}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: audit}
subjects: [{kind: ServiceAccount, name: rollgate-audit, namespace: rollgate}]
";

#[test]
fn what_is_wrong_is_told_once_and_by_one_replica() {
    let test = "what_is_wrong_is_told_once_and_by_one_replica";
    let account = User::service_account("rollgate", "rollgate-audit");
    let Some(cluster) = ControlPlane::start_with(test, std::slice::from_ref(&account)) else {
        return;
    };
    if !cluster.install_machine_config_crds(test) {
        return;
    }
    let corpus = rollgate_testkit::shared_corpus(test).unwrap();
    cluster.install(&corpus.join("schemas/openreports.io_clusterreports.yaml"));
    cluster.apply(ROLES);
    cluster.apply(&pool("worker"));
    cluster.apply(&pool("infra"));
    cluster.apply(&machine_config("99-worker", "mitigations=off"));

    let first = Replica::start(&cluster, &account, "first");
    first.until(|metrics| metrics.contains("\nrollgate_audit_leader 1\n"));
    let report = until(|| report(&cluster, "rollgate-pool-worker"));
    assert!(report["summary"]["fail"].as_i64().unwrap() >= 1, "{report}");
    let found = result(&report, "mitigations").unwrap();
    assert_eq!((&found["result"], &found["severity"]), (&"fail".into(), &"high".into()));
    assert_eq!(found["resources"][0]["name"], "99-worker");
    assert_eq!(report["scope"]["name"], "worker");
    let high = "rollgate_pool_violations{pool=\"worker\",severity=\"high\"}";
    assert!(value(&first.metrics(), high) >= 1.0);
    let told = until(|| Some(events(&cluster)).filter(|events| !events.is_empty()));
    let about = |event: &Value| event["regarding"]["name"] == "99-worker";
    let event = told.iter().find(|event| about(event) && note(event).contains("mitigations"));
    let event = event.unwrap_or_else(|| panic!("no Event: {told:?}"));
    assert_eq!(event["type"], "Warning");
    assert!(event["regarding"]["uid"].is_string());
    assert!(!event["note"].as_str().unwrap().contains("mitigations=off"), "{event}");

    // What changes nothing in the outcome is judged, and writes nothing.
    let before = (versions(&cluster), told.len());
    let audits = first.audits();
    let annotate = ["annotate", "machineconfig", "99-worker", "note=x"];
    cluster.kubectl(&User::admin(), &annotate, "").succeed();
    first.until(|metrics| value(metrics, AUDITS) > audits);
    assert_eq!((versions(&cluster), events(&cluster).len()), before);

    another_takes_over(&cluster, &account, first);
}

fn another_takes_over(cluster: &ControlPlane, account: &User, first: Replica) {
    let second = Replica::start(cluster, account, "second");
    second.until(|metrics| value(metrics, AUDITS) >= 1.0);
    let metrics = second.metrics();
    assert!(metrics.contains("\nrollgate_audit_leader 0\n"), "{metrics}");
    assert!(!metrics.contains("rollgate_audit_writes_total{"), "{metrics}");
    assert_eq!(holder(cluster), "first");
    let told = events(cluster).len();
    // Killed, it gives nothing up: the Lease has to end.
    drop(first);
    second.until(|metrics| metrics.contains("\nrollgate_audit_leader 1\n"));
    assert_eq!(holder(cluster), "second");

    let admin = User::admin();
    cluster.kubectl(&admin, &["delete", "machineconfig", "99-worker"], "").succeed();
    cluster.kubectl(&admin, &["delete", "machineconfigpool", "infra"], "").succeed();
    until(|| report(cluster, "rollgate-pool-infra").is_none().then_some(()));
    until(|| {
        report(cluster, "rollgate-pool-worker").filter(|r| result(r, "mitigations").is_none())
    });
    assert_eq!(events(cluster).len(), told, "what both knew was told again");

    // Told to end, it gives the Lease up, and nobody has to wait.
    assert_eq!(second.terminate(), Some(0));
    assert_eq!(holder(cluster), "");
}

#[test]
fn a_fleet_of_machine_configs_is_audited_in_bounded_memory() {
    let test = "a_fleet_of_machine_configs_is_audited_in_bounded_memory";
    let Some(cluster) = ControlPlane::start(test) else { return };
    if !cluster.install_machine_config_crds(test) {
        return;
    }
    cluster.apply(&rollgate_testkit::cluster::yaml(300, 3));
    let replica = Replica::start(&cluster, &User::admin(), "only");
    replica.until(|metrics| value(metrics, "rollgate_audit_objects") >= 303.0);
    // All facts at once; what only watches takes a fraction.
    let peak = replica.peak_memory();
    assert!(peak < 192 << 20, "the process took {} MiB", peak >> 20);
}

#[test]
fn files_stand_for_a_cluster() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("pool.yaml", &pool("worker"));
    let arguments = ["--objects".as_ref(), folder.path().as_os_str()];
    let replica = Replica::with(&arguments, "only");
    let high = "rollgate_pool_violations{pool=\"worker\",severity=\"high\"}";
    replica.until(|metrics| metrics.contains(&format!("{high} 0")));
    assert_eq!(replica.get("/healthz"), (200, "ok\n".to_owned()));
    assert_eq!(replica.get("/readyz"), (200, "ok\n".to_owned()));
    write("config.yaml", &machine_config("99-worker", "mitigations=off"));
    replica.until(|metrics| value(metrics, high) >= 1.0);
    assert!(value(&replica.metrics(), "rollgate_last_audit_timestamp_seconds") > 1.7e9);
}

const AUDITS: &str = "rollgate_audit_duration_seconds_count";

/// A process of `watch`; killed when it is dropped.
struct Replica {
    child: Child,
    address: String,
}

impl Replica {
    fn start(cluster: &ControlPlane, user: &User, identity: &str) -> Self {
        let kubeconfig = cluster.kubeconfig(user);
        let namespace = if user == &User::admin() { "default" } else { "rollgate" };
        let arguments = [
            "--kubeconfig".as_ref(),
            kubeconfig.as_os_str(),
            "--namespace".as_ref(),
            namespace.as_ref(),
        ];
        Self::with(&arguments, identity)
    }

    #[expect(clippy::print_stderr, reason = "what it logs is shown where a test fails")]
    fn with(arguments: &[&std::ffi::OsStr], identity: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rollgate-webhook"))
            .args(["watch", "--metrics-listen", "127.0.0.1:0", "--identity", identity])
            .args(arguments)
            .env_remove("RUST_LOG")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = log.by_ref().find_map(|line| {
            let line: Value = serde_json::from_str(&line.unwrap()).ok()?;
            Some(line["address"].as_str()?.to_owned())
        });
        let identity = identity.to_owned();
        // Read to the end, or the process would block.
        thread::spawn(move || {
            for line in log.map_while(Result::ok) {
                eprintln!("{identity}: {line}");
            }
        });
        Self { child, address: address.unwrap() }
    }

    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, body.to_owned())
    }

    fn metrics(&self) -> String {
        self.get("/metrics").1
    }

    fn audits(&self) -> f64 {
        value(&self.metrics(), AUDITS)
    }

    fn until(&self, wanted: impl Fn(&str) -> bool) {
        let end = Instant::now() + PATIENCE;
        let mut metrics = self.metrics();
        while !wanted(&metrics) {
            assert!(Instant::now() < end, "it did not come about:\n{metrics}");
            thread::sleep(Duration::from_millis(100));
            metrics = self.metrics();
        }
    }

    /// The most memory that it had at once, in bytes.
    fn peak_memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let kilobytes: usize = line.trim().trim_end_matches(" kB").parse().unwrap();
        kilobytes << 10
    }

    /// Sends it SIGTERM, and waits for its end.
    fn terminate(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Replica {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The value of the first series that begins so; 0 where there is none.
fn value(metrics: &str, series: &str) -> f64 {
    let line = metrics.lines().find_map(|line| line.strip_prefix(series));
    line.map_or(0.0, |value| value.trim().parse().unwrap())
}

fn until<T>(mut wanted: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(value) = wanted() {
            return value;
        }
        assert!(Instant::now() < end, "it did not come about");
        thread::sleep(Duration::from_millis(200));
    }
}

fn report(cluster: &ControlPlane, name: &str) -> Option<Value> {
    let get = ["get", "clusterreport", name, "-o", "json", "--ignore-not-found"];
    let answer = cluster.kubectl(&User::admin(), &get, "").succeed();
    serde_json::from_str(&answer.stdout).ok()
}

/// The result of the first rule of such a name that did not pass.
fn result(report: &Value, rule: &str) -> Option<Value> {
    let results = report["results"].as_array()?.iter();
    let mut failed = results.filter(|result| result["result"] != "pass");
    failed.find(|result| result["policy"].as_str().unwrap().contains(rule)).cloned()
}

fn versions(cluster: &ControlPlane) -> Vec<String> {
    let list = ["get", "clusterreports", "-o", "json"];
    let list = cluster.kubectl(&User::admin(), &list, "").json();
    let version = |report: &Value| format!("{}", report["metadata"]["resourceVersion"]);
    list["items"].as_array().unwrap().iter().map(version).collect()
}

fn events(cluster: &ControlPlane) -> Vec<Value> {
    let list = ["get", "events.events.k8s.io", "--namespace=default", "-o", "json"];
    let list = cluster.kubectl(&User::admin(), &list, "").json();
    let own = |event: &&Value| event["reportingController"] == "rollgate-audit";
    list["items"].as_array().unwrap().iter().filter(own).cloned().collect()
}

fn note(event: &Value) -> &str {
    event["note"].as_str().unwrap()
}

fn holder(cluster: &ControlPlane) -> String {
    let get = ["get", "lease", "rollgate-audit", "--namespace=rollgate", "-o", "json"];
    let lease = cluster.kubectl(&User::admin(), &get, "").json();
    lease["spec"]["holderIdentity"].as_str().unwrap_or_default().to_owned()
}

fn pool(name: &str) -> String {
    format!(
        "apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfigPool
metadata: {{name: {name}}}
spec:
  machineConfigSelector:
    matchExpressions:
    - {{key: machineconfiguration.openshift.io/role, operator: In, values: [worker, {name}]}}
  nodeSelector: {{matchLabels: {{node-role.kubernetes.io/{name}: ''}}}}
"
    )
}

fn machine_config(name: &str, argument: &str) -> String {
    rollgate_testkit::MachineConfig::new(name).role("worker").kernel_argument(argument).yaml()
}
