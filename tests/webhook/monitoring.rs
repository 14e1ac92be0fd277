//! What Prometheus makes of the metrics: rules, alerts and dashboards, by its own tools.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rollgate_testkit::tool;
use serde_json::{Value, json};
use tempfile::TempDir;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn monitoring(file: &str) -> String {
    let path = root().join("admission-webhook/deploy/monitoring").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The rules as Prometheus reads them, without the object around them.
fn rules() -> Value {
    let object: Value = serde_yaml::from_str(&monitoring("prometheus-rule.yaml")).unwrap();
    object["spec"].clone()
}

fn each_rule(rules: &Value) -> Vec<Value> {
    let groups = rules["groups"].as_array().unwrap();
    groups.iter().flat_map(|group| group["rules"].as_array().unwrap().clone()).collect()
}

fn dashboard() -> Value {
    serde_json::from_str(&monitoring("grafana-dashboard.json")).unwrap()
}

/// The queries of a dashboard, wherever its panels stand.
fn queries(value: &Value) -> Vec<String> {
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(key, value)| match value {
                Value::String(text) if key == "expr" => vec![text.clone()],
                value => queries(value),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(queries).collect(),
        _ => Vec::new(),
    }
}

/// A folder with the rules as `rules.yaml`.
fn folder(rules: &Value) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rules.yaml"), serde_yaml::to_string(rules).unwrap()).unwrap();
    folder
}

fn promtool(tool: &Path, folder: &TempDir, arguments: &[&str]) {
    let output = Command::new(tool).args(arguments).current_dir(folder.path()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "promtool {arguments:?}\n{text}");
}

#[test]
fn rules_do_what_their_tests_say() {
    let Some(tool) = tool("rules by promtool", "promtool") else { return };
    let folder = folder(&rules());
    promtool(&tool, &folder, &["check", "rules", "rules.yaml"]);
    for name in ["alerts.yaml", "recorded.yaml"] {
        fs::copy(root().join("tests/webhook/monitoring").join(name), folder.path().join(name))
            .unwrap();
        promtool(&tool, &folder, &["test", "rules", name]);
    }
}

/// Each alert has a page that says what to do, fires in one test and is silent in another.
#[test]
fn every_alert_has_a_runbook_and_tests() {
    let tests = root().join("tests/webhook/monitoring/alerts.yaml");
    let tests: Value = serde_yaml::from_str(&fs::read_to_string(tests).unwrap()).unwrap();
    let expectations: Vec<(String, bool)> = tests["tests"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|test| test["alert_rule_test"].as_array().unwrap())
        .map(|test| {
            let fires = !test["exp_alerts"].as_array().unwrap().is_empty();
            (test["alertname"].as_str().unwrap().to_owned(), fires)
        })
        .collect();
    let mut pages = BTreeSet::new();
    for rule in each_rule(&rules()) {
        let Some(name) = rule["alert"].as_str() else { continue };
        for fires in [true, false] {
            assert!(expectations.contains(&(name.to_owned(), fires)), "{name}: {fires}");
        }
        let url = rule["annotations"]["runbook_url"].as_str().unwrap();
        let page = format!("docs/runbooks/{name}.md");
        assert!(url.ends_with(&format!("/blob/main/{page}")), "{url}");
        let text = fs::read_to_string(root().join(&page)).unwrap_or_else(|_| panic!("no {page}"));
        for heading in
            [&format!("# {name}\n"), "## Meaning", "## Impact", "## Diagnosis", "## Mitigation"]
        {
            assert!(text.contains(heading), "{page}: {heading}");
        }
        for annotation in ["summary", "description"] {
            assert!(rule["annotations"][annotation].is_string(), "{name}");
        }
        pages.insert(format!("{name}.md"));
    }
    let written = fs::read_dir(root().join("docs/runbooks")).unwrap();
    let written: BTreeSet<_> =
        written.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(written, pages);
}

/// A query that does not parse shows an empty panel, which nobody can tell from nothing to show.
#[test]
fn every_query_of_the_dashboard_parses() {
    let Some(tool) = tool("queries by promtool", "promtool") else { return };
    let queries = queries(&dashboard());
    assert!(queries.len() > 20, "{}", queries.len());
    let rule =
        |(nth, query): (usize, &String)| json!({"record": format!("query_{nth}"), "expr": query});
    let rules: Vec<_> = queries.iter().enumerate().map(rule).collect();
    let folder = folder(&json!({"groups": [{"name": "dashboard", "rules": rules}]}));
    promtool(&tool, &folder, &["check", "rules", "rules.yaml"]);
}

/// The dashboard of OpenShift's console is the same in the older form that it reads: rows of panels with
/// twelve columns, `graph` and `singlestat` (openshift/console `monitoring/dashboards`).
#[test]
fn the_dashboard_of_the_console_is_the_same() {
    let console = json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {
            "name": "dashboard-rollgate",
            "namespace": "openshift-config-managed",
            "labels": {
                "app.kubernetes.io/part-of": "rollgate",
                "console.openshift.io/dashboard": "true",
            },
        },
        "data": {
            "rollgate.json": serde_json::to_string_pretty(&for_console(&dashboard())).unwrap() + "\n",
        },
    });
    let written = serde_yaml::to_string(&console).unwrap();
    let text = format!("# Generated from ../grafana-dashboard.json.\n{written}");
    let path = root().join("admission-webhook/deploy/monitoring/openshift/console-dashboard.yaml");
    if std::env::var("ROLLGATE_UPDATE").is_ok_and(|value| value == "1") {
        fs::write(&path, &text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(committed, text, "run with ROLLGATE_UPDATE=1 to write it anew");
    let inside: Value = serde_yaml::from_str(&committed).unwrap();
    let inside: Value =
        serde_json::from_str(inside["data"]["rollgate.json"].as_str().unwrap()).unwrap();
    assert_eq!(queries(&inside), queries(&dashboard()));
}

fn for_console(dashboard: &Value) -> Value {
    let mut rows: Vec<Value> = Vec::new();
    for panel in dashboard["panels"].as_array().unwrap() {
        if panel["type"] == "row" {
            rows.push(json!({"title": panel["title"], "showTitle": true, "panels": []}));
        } else {
            let panels = rows.last_mut().unwrap()["panels"].as_array_mut().unwrap();
            panels.push(panel_for_console(panel));
        }
    }
    json!({"title": "rollgate", "uid": "rollgate", "refresh": "1m", "time": dashboard["time"],
           "templating": {"list": []}, "rows": rows})
}

fn panel_for_console(panel: &Value) -> Value {
    let unit = panel["fieldConfig"]["defaults"]["unit"].as_str().unwrap_or("short");
    let targets = panel["targets"].as_array().unwrap().iter().map(|target| {
        json!({"refId": target["refId"], "expr": target["expr"], "legendFormat": target["legendFormat"],
               "format": if panel["type"] == "table" { "table" } else { "time_series" }})
    });
    let mut shown = json!({
        "id": panel["id"],
        "title": panel["title"],
        "description": panel["description"],
        "datasource": "prometheus",
        "span": panel["gridPos"]["w"].as_u64().unwrap() / 2,
        "targets": targets.collect::<Vec<_>>(),
    });
    let more = match panel["type"].as_str().unwrap() {
        "timeseries" => {
            json!({"type": "graph", "yaxes": [{"format": unit, "min": 0}, {"show": false}]})
        }
        "stat" => json!({"type": "singlestat", "format": unit, "valueName": "current"}),
        "table" => {
            let value = &panel["transformations"][0]["options"]["renameByName"]["Value"];
            let mut columns: Vec<Value> = vec![json!({"pattern": "Time", "type": "hidden"})];
            columns.push(
                json!({"pattern": "Value", "alias": value, "type": "number", "unit": "short"}),
            );
            json!({"type": "table", "transform": "table", "styles": columns})
        }
        other => panic!("the console has no panel `{other}`"),
    };
    shown.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    shown
}

/// A Prometheus, which ends with the test.
struct Prometheus {
    child: Child,
    address: String,
    _folder: TempDir,
}

impl Prometheus {
    /// One that scrapes `target` five times a second and records by these rules.
    fn start(program: &Path, target: &str, rules: &Value) -> Self {
        let folder = folder(rules);
        let address = format!("127.0.0.1:{}", free_port());
        let config = json!({
            "global": {"scrape_interval": "200ms", "scrape_timeout": "200ms", "evaluation_interval": "200ms"},
            "rule_files": ["rules.yaml"],
            "scrape_configs": [{"job_name": "rollgate-audit", "static_configs": [{"targets": [target]}]}],
        });
        fs::write(folder.path().join("prometheus.yml"), config.to_string()).unwrap();
        let child = Command::new(program)
            .args(["--config.file=prometheus.yml", "--storage.tsdb.path=data"])
            .arg(format!("--web.listen-address={address}"))
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { child, address, _folder: folder }
    }

    /// The series of a query, each as its labels and its value; nothing while it does not answer.
    fn query(&self, query: &str) -> Option<Vec<String>> {
        let bytes: Vec<String> = query.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let query = bytes.concat();
        let answer = get(&self.address, &format!("/api/v1/query?query={query}"))?;
        let answer: Value = serde_json::from_str(&answer).ok()?;
        let series = answer["data"]["result"].as_array()?.iter().map(|series| {
            let labels = series["metric"].as_object().unwrap().iter();
            let labels: Vec<_> = labels
                .filter(|(key, _)| *key != "__name__")
                .map(|(key, value)| format!("{key}={}", value.as_str().unwrap()))
                .collect();
            format!("{} {}", labels.join(","), series["value"][1].as_str().unwrap())
        });
        let mut series: Vec<_> = series.collect();
        series.sort();
        Some(series)
    }

    /// Asks until the answer is this.
    fn expect(&self, query: &str, expected: &[&str]) {
        let deadline = Instant::now() + Duration::from_mins(1);
        let mut last = None;
        while Instant::now() < deadline {
            last = self.query(query);
            if last.as_ref().is_some_and(|series| series == expected) {
                return;
            }
            thread::yield_now();
            thread::park_timeout(Duration::from_millis(100));
        }
        panic!("{query}: {last:?}, and not {expected:?}");
    }
}

impl Drop for Prometheus {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The body of an answer with status 200.
fn get(address: &str, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    head.contains(" 200 ").then(|| body.to_owned())
}

/// The real program, telling of a cluster in files; it ends with the test.
struct Audit {
    child: Child,
    address: String,
}

impl Audit {
    fn start(objects: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rollgate-webhook"))
            .args(["watch", "--metrics-listen", "127.0.0.1:0", "--objects"])
            .arg(objects)
            .env_remove("RUST_LOG")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = log.by_ref().find_map(|line| {
            let line: Value = serde_json::from_str(&line.unwrap()).ok()?;
            Some(line["address"].as_str()?.to_owned())
        });
        // Read to the end, or the process would block.
        thread::spawn(move || log.map_while(Result::ok).for_each(drop));
        Self { child, address: address.unwrap() }
    }
}

impl Drop for Audit {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The same rules, evaluated five times a second instead of once a minute.
fn impatient(mut rules: Value) -> Value {
    for group in rules["groups"].as_array_mut().unwrap() {
        group["interval"] = json!("200ms");
    }
    rules
}

#[test]
fn a_real_prometheus_scrapes_and_records() {
    let Some(program) = tool("scraping by Prometheus", "prometheus") else { return };
    let objects = tempfile::tempdir().unwrap();
    fs::copy(root().join("tests/cli/telemetry/eu.yaml"), objects.path().join("eu.yaml")).unwrap();
    let audit = Audit::start(objects.path());
    let prometheus = Prometheus::start(&program, &audit.address, &impatient(rules()));
    prometheus.expect("sum(up)", &[" 1"]);
    prometheus.expect(
        "cluster:rollgate_pool_extension_machines:sum",
        &[
            "extension=kerberos 1",
            "extension=other 2",
            "extension=two-node-ha 3",
            "extension=usbguard 4",
            "extension=wasm 3",
        ],
    );
    prometheus.expect(
        "cluster:rollgate_pool_extensions:max == 1",
        &[
            "extension=other 1",
            "extension=two-node-ha 1",
            "extension=usbguard 1",
            "extension=wasm 1",
        ],
    );
    prometheus.expect(
        "cluster:rollgate_pool_extension_unsupported:count",
        &["extension=other,on=current 1", "extension=other,on=target 1"],
    );
    prometheus.expect(
        "cluster:rollgate_pool_kernel_type_machines:sum",
        &["kernel_type=default 5", "kernel_type=realtime 2"],
    );
    prometheus
        .expect("cluster:rollgate_pool_os_image_override:count", &["by=digest,signed=unknown 1"]);
    prometheus.expect("cluster:rollgate_pool_paused:sum", &[" 1"]);
    prometheus.expect("time() - max(rollgate_last_audit_timestamp_seconds) < bool 3600", &[" 1"]);
    prometheus.expect(
        "count by (alertname) (ALERTS{pool=\"gpu\"})",
        &[
            "alertname=RollgateOsImageBehind 1",
            "alertname=RollgateUnsupportedExtension 1",
            "alertname=RollgateUnsupportedExtensionOnTarget 1",
        ],
    );
}

/// A metric under another name is a panel without data and an alert that never fires.
#[test]
fn every_metric_that_is_asked_for_is_told() {
    let mut told = BTreeSet::new();
    collect_names(&root().join("admission-webhook/src"), &mut told);
    let rules = rules();
    let recorded: BTreeSet<_> = each_rule(&rules)
        .iter()
        .filter_map(|rule| Some(rule["record"].as_str()?.to_owned()))
        .collect();
    let asked = [queries(&rules), queries(&dashboard())].concat();
    let in_name = |character: char| character.is_ascii_alphanumeric() || "_:".contains(character);
    let mut count = 0;
    for query in &asked {
        let names =
            query.split(|character| !in_name(character)).filter(|word| word.contains("rollgate_"));
        for name in names {
            let suffixes = ["_total", "_bucket", ""];
            let is_told = suffixes
                .iter()
                .any(|suffix| name.strip_suffix(suffix).is_some_and(|name| told.contains(name)));
            assert!(is_told || recorded.contains(name), "`{name}` of `{query}` is told by nobody");
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
}

/// The names in quotes in the sources of a folder, as metrics are registered.
fn collect_names(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect_names(&path, names);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let quoted = text.split('"').filter(|word| word.starts_with("rollgate_"));
            names.extend(quoted.map(ToOwned::to_owned));
        }
    }
}

/// The text of the change for fleet telemetry lists every name that the tables know, and no other.
#[test]
fn what_is_sent_home_is_a_closed_set() {
    let page = fs::read_to_string(root().join("docs/telemetry.md")).unwrap();
    let policies = rollgate_engine::policy::PolicySet::embedded().unwrap();
    let limits = rollgate_engine::Limits::default();
    let telemetry = rollgate_engine::telemetry::Telemetry::new(&policies, &limits).unwrap();
    let names: Vec<_> = telemetry.known_names().extensions.into_iter().collect();
    let selector = format!("extension=~\"{}|other\"", names.join("|"));
    assert_eq!(page.matches("extension=~").count(), page.matches(&selector).count(), "{selector}");
    let rules = rules();
    let recorded: BTreeSet<_> = each_rule(&rules)
        .iter()
        .filter_map(|rule| Some(rule["record"].as_str()?.to_owned()))
        .collect();
    for name in &recorded {
        assert!(page.contains(&format!("`{name}")), "{name} is not in docs/telemetry.md");
    }
    for sent in page.split("__name__=\"").skip(1) {
        let name = sent.split('"').next().unwrap();
        assert!(recorded.contains(name), "{name} is recorded by no rule");
    }
}
