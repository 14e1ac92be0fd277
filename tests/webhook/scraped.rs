//! A real Prometheus reads the metrics of the running webhook: in plain HTTP, and as OpenShift's does, with
//! TLS and a client certificate.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rollgate_testkit::certificate::{Authority, Wanted};
use rollgate_testkit::webhook::PATIENCE;
use rollgate_testkit::{https, tool};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Served, assert_refused, review};

#[test]
fn a_real_prometheus_reads_metrics_with_and_without_tls() {
    let Some(program) = tool("scraping by Prometheus", "prometheus") else { return };
    let (clients, folder) = (Authority::new(), TempDir::new().unwrap());
    let ca = folder.path().join("clients.crt");
    fs::write(&ca, &clients.pem).unwrap();
    let served = Served::new(&[
        "--metrics-tls-listen=127.0.0.1:0",
        "--metrics-client-ca",
        ca.to_str().unwrap(),
    ]);
    let common_name = "system:serviceaccount:openshift-monitoring:prometheus-k8s";
    clients.sign(&Wanted { common_name, names: &[], until: 2099 }).write(folder.path());
    fs::write(folder.path().join("serving.crt"), &served.authority.pem).unwrap();
    assert_refused(&served.review(&review("a", 10)), "a");

    let (plain, tls) = (served.webhook.health, served.webhook.port("metrics"));
    let shown = json!({"ca_file": "serving.crt", "cert_file": "tls.crt", "key_file": "tls.key"});
    let configuration = json!({
        "global": {"scrape_interval": "1s"},
        "scrape_configs": [
            job("plain", plain, &Value::Null),
            job("tls", tls, &shown),
            job("stranger", tls, &json!({"ca_file": "serving.crt"})),
        ],
    });
    let prometheus = Prometheus::start(&program, folder.path(), &configuration);
    prometheus.expect("up", &[("plain", "1"), ("stranger", "0"), ("tls", "1")]);
    let reviews = "rollgate_admission_reviews_total";
    prometheus.expect(reviews, &[("plain", "1"), ("tls", "1")]);
    let count = "rollgate_admission_duration_seconds_count";
    prometheus.expect(count, &[("plain", "1"), ("tls", "1")]);
}

fn job(name: &str, target: SocketAddr, tls: &Value) -> Value {
    let targets = json!([{"targets": [target.to_string()]}]);
    let mut job = json!({"job_name": name, "static_configs": targets});
    if !tls.is_null() {
        job["scheme"] = "https".into();
        job["tls_config"] = tls.clone();
    }
    job
}

/// A Prometheus that runs. It is killed when this is dropped.
struct Prometheus {
    child: Child,
    address: SocketAddr,
}

impl Prometheus {
    fn start(program: &Path, folder: &Path, configuration: &Value) -> Self {
        // JSON is YAML.
        fs::write(folder.join("prometheus.yml"), configuration.to_string()).unwrap();
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut command = Command::new(program);
        command
            .current_dir(folder)
            .args(["--config.file=prometheus.yml", "--storage.tsdb.path=data"]);
        command.arg(format!("--web.listen-address={free}"));
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        Self { child, address: free }
    }

    /// Waits until a query has these values, by job.
    #[track_caller]
    fn expect(&self, query: &str, expected: &[(&str, &str)]) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found = self.ask(query).unwrap_or_default();
            let found: Vec<_> =
                found.iter().map(|(job, value)| (job.as_str(), value.as_str())).collect();
            if found == expected {
                return;
            }
            assert!(Instant::now() < deadline, "{query} is {found:?}");
            thread::sleep(Duration::from_millis(100));
        }
    }

    fn ask(&self, query: &str) -> Option<Vec<(String, String)>> {
        let mut connection = https::connect(self.address).ok()?;
        let answer = connection.get(&format!("/api/v1/query?query={query}")).ok()?;
        let answer: Value = serde_json::from_str(&answer.body).ok()?;
        let text = |value: &Value| Some(value.as_str()?.to_owned());
        let results = answer["data"]["result"].as_array()?.iter();
        let mut results: Vec<_> = results
            .filter_map(|result| {
                Some((text(&result["metric"]["job"])?, text(&result["value"][1])?))
            })
            .collect();
        results.sort();
        Some(results)
    }
}

impl Drop for Prometheus {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}
