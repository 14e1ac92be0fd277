//! Reviews and what is answered: recorded ones, ones that are wrong, and whole tables of objects.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rollgate_engine::extract::single_objects;
use rollgate_engine::{Artifact, Limits};
use rollgate_testkit::certificate::{Authority, GOOD};
use rollgate_testkit::https::{Answer, Client, Connection};
use rollgate_testkit::webhook::Webhook;
use rollgate_testkit::{MachineConfig, encode, shared_corpus};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{BINARY, PATH};

const CONFIGURATION: &str =
    "target: {release: \"4.20\", stream: rhel-9, architecture: x86_64, platform: none, day: 2}\n";

/// The resources that are judged, by their kinds.
const RESOURCES: &[(&str, &str)] = &[
    ("MachineConfig", "machineconfigs"),
    ("MachineConfigPool", "machineconfigpools"),
    ("KubeletConfig", "kubeletconfigs"),
    ("ContainerRuntimeConfig", "containerruntimeconfigs"),
    ("MachineOSConfig", "machineosconfigs"),
    ("ClusterImagePolicy", "clusterimagepolicies"),
];

/// A webhook in an empty cluster.
struct Judging {
    webhook: Webhook,
    client: Client,
    folder: TempDir,
}

impl Judging {
    fn start() -> Self {
        Self::with(CONFIGURATION, |_| {})
    }

    fn with(configuration: &str, add: impl FnOnce(&Path)) -> Self {
        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("tls")).unwrap();
        fs::create_dir(path("objects")).unwrap();
        fs::write(path("rollgate.yaml"), configuration).unwrap();
        add(folder.path());
        let authority = Authority::new();
        authority.sign(&GOOD).write(&path("tls"));
        let (objects, config) = (path("objects"), path("rollgate.yaml"));
        let arguments =
            ["--objects", objects.to_str().unwrap(), "--config", config.to_str().unwrap()];
        let webhook = Webhook::serve(BINARY, &path("tls"), &arguments);
        webhook.wait("ready", |webhook| webhook.get("/readyz").status == 200);
        Self { client: Client::new(&authority.pem), webhook, folder }
    }

    fn connect(&self) -> Connection {
        self.client.connect(self.webhook.reviews).unwrap()
    }

    fn post(&self, body: &[u8]) -> Answer {
        self.connect().post(PATH, body).unwrap()
    }

    fn review(&self, object: &Value) -> Value {
        response(&self.post(created(object).to_string().as_bytes()))
    }
}

/// The review of an object that is created.
fn created(object: &Value) -> Value {
    let kind = object["kind"].as_str().unwrap();
    let resource = RESOURCES.iter().find(|known| known.0 == kind).unwrap().1;
    let (group, version) = object["apiVersion"].as_str().unwrap().split_once('/').unwrap();
    json!({
        "apiVersion": "admission.k8s.io/v1",
        "kind": "AdmissionReview",
        "request": {
            "uid": "0b6b9b0c-8d38-4b1b-a8ba-1d1d4f5f6c11",
            "kind": {"group": group, "version": version, "kind": kind},
            "resource": {"group": group, "version": version, "resource": resource},
            "name": object["metadata"]["name"],
            "operation": "CREATE",
            "userInfo": {"username": "admin", "groups": ["system:masters"]},
            "object": object,
            "oldObject": null,
            "dryRun": false,
        },
    })
}

/// The response of an answer, which is one that an API server takes.
fn response(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(answer.body.len() <= 32 << 10, "an answer of {} bytes", answer.body.len());
    let review: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(
        (&review["apiVersion"], &review["kind"]),
        (&json!("admission.k8s.io/v1"), &json!("AdmissionReview"))
    );
    let response = review["response"].clone();
    assert!(response.get("patch").is_none() && response["uid"].is_string());
    if response["allowed"] == false {
        assert!(response["status"]["code"].as_u64().unwrap() >= 400);
        assert!(!response["status"]["message"].as_str().unwrap().is_empty());
        assert!(!response["status"]["details"]["causes"].as_array().unwrap().is_empty());
    }
    let warnings = response["warnings"].as_array().cloned().unwrap_or_default();
    assert!(warnings.len() <= 10);
    for warning in warnings {
        let warning = warning.as_str().unwrap();
        assert!(warning.chars().count() <= 240 && !warning.contains(char::is_control), "{warning}");
    }
    for (key, value) in response["auditAnnotations"].as_object().unwrap() {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        assert!(key.bytes().all(allowed) && value.is_string(), "{key}");
    }
    response
}

fn rules(response: &Value, annotation: &str) -> BTreeSet<String> {
    let list = response["auditAnnotations"][annotation].as_str().unwrap_or_default();
    list.split_whitespace().map(ToOwned::to_owned).collect()
}

#[test]
fn recorded_reviews_are_answered() {
    let Some(corpus) = shared_corpus("recorded_reviews_are_answered") else { return };
    let judging = Judging::start();
    let mut files: Vec<PathBuf> = fs::read_dir(corpus.join("admission-reviews"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 17);
    let mut told = String::new();
    for file in files {
        let body = fs::read(&file).unwrap();
        let uid = serde_json::from_slice::<Value>(&body).unwrap()["request"]["uid"].clone();
        let response = response(&judging.post(&body));
        assert_eq!(response["uid"], uid);
        let _ = writeln!(
            told,
            "{}: {} {}",
            file.file_name().unwrap().to_string_lossy(),
            if response["allowed"] == true { "allowed" } else { "refused by" },
            rules(&response, "refused-by").into_iter().collect::<Vec<_>>().join(" "),
        );
    }
    insta::assert_snapshot!("recorded-reviews", told);
}

#[test]
fn what_is_wrong_is_never_let_through() {
    let judging = Judging::start();
    let good = created(&MachineConfig::new("99-a").role("worker").ignition("3.4.0").value());
    assert_eq!(response(&judging.post(good.to_string().as_bytes()))["allowed"], true);
    let with = |pointer: &str, value: Value| {
        let mut review = good.clone();
        *review.pointer_mut(pointer).unwrap() = value;
        review.to_string()
    };
    // What the API server has to take for a failed call.
    let errors = [
        ("an older version", with("/apiVersion", json!("admission.k8s.io/v1beta1"))),
        ("another kind", with("/kind", json!("Pod"))),
        ("no uid", with("/request/uid", json!(""))),
        ("no request", with("/request", Value::Null)),
        ("no object", with("/request/object", Value::Null)),
        ("another operation", with("/request/operation", json!("CONNECT"))),
        ("a foreign resource", with("/request/resource/resource", json!("pods"))),
        ("a resource of another kind", with("/request/kind/kind", json!("Pod"))),
        ("a foreign group", with("/request/resource/group", json!("example.com"))),
        ("an update without what was", with("/request/operation", json!("UPDATE"))),
        ("a number for a name", with("/request/name", json!(7))),
        ("not JSON", "allowed: true".to_owned()),
        ("a list", "[]".to_owned()),
        ("nested", format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))),
    ];
    for (what, body) in errors {
        let answer = judging.post(body.as_bytes());
        assert_eq!(answer.status, 400, "{what}: {answer:?}");
    }
    // What is judged, and refused.
    let bomb = encode::base64(&encode::gzip_bomb(64 << 20));
    let bomb = MachineConfig::new("99-a").role("worker").ignition("3.4.0").file_entry(json!({
        "path": "/etc/bomb",
        "mode": 0o644,
        "contents": {"compression": "gzip", "source": format!("data:;base64,{bomb}")},
    }));
    let deep = (0..500).fold(json!(1), |inner, _| json!({ "a": inner }));
    let refused = [
        ("a bomb", created(&bomb.value()).to_string(), "unreadable"),
        ("deep", with("/request/object/spec/config/ignition", deep), "unreadable"),
        ("another object", with("/request/object", json!({"kind": "Pod"})), "unreadable"),
        ("no object at all", with("/request/object", json!("x")), "unreadable"),
        (
            "an unknown field",
            with("/request/object/spec/config", json!({"ignition": {"version": "3.4.0"}, "x": 1})),
            "machineconfig.unknown-field",
        ),
    ];
    for (what, body, rule) in refused {
        let response = response(&judging.post(body.as_bytes()));
        assert_eq!(response["allowed"], false, "{what}: {response}");
        assert!(rules(&response, "refused-by").contains(rule), "{what}: {response}");
    }
}

#[test]
fn a_policy_that_loops_is_cut_off() {
    let rego = "# METADATA\n# title: A rule that takes for ever\n# description: It does.\n# custom:\n\
                #   subject: machine_config\n#   severity: high\n#   remediation: None.\n\
                #   since: 0.1.0\npackage custom.test.for_ever\n\nimport data.rollgate.lib.result\n\n\
                deny contains finding if {\n\tsome a in numbers.range(1, 3000)\n\
                \tsome b in numbers.range(1, 3000)\n\ta * b == -1\n\
                \tfinding := result.fail(input.machine_config.at, \"never\")\n}\n";
    let configuration = format!("{CONFIGURATION}policies: [./policies]\n");
    let judging = Judging::with(&configuration, |folder| {
        fs::create_dir(folder.join("policies")).unwrap();
        fs::write(folder.join("policies/for_ever.rego"), rego).unwrap();
    });
    let start = Instant::now();
    let response = judging.review(&MachineConfig::new("99-a").role("worker").value());
    assert!(start.elapsed() < Duration::from_secs(20), "the API server has given up");
    assert_eq!(response["allowed"], false);
    assert!(rules(&response, "refused-by").contains("custom.test.for-ever"), "{response}");
    assert!(judging.folder.path().is_dir());
}

/// The rules that judge how a text is written, which an API server has normalised.
const ABOUT_THE_TEXT: &[&str] = &["machineconfig.duplicate-key", "cluster.duplicate-key"];

#[test]
fn the_webhook_and_the_command_find_the_same() {
    let command = Path::new(BINARY).with_file_name("rollgate");
    if !command.is_file() {
        assert!(
            std::env::var_os("ROLLGATE_REQUIRE_TOOLS").is_none(),
            "build the command first: `cargo test --workspace` does"
        );
        eprintln!("skipped: {} is not built", command.display());
        return;
    }
    let judging = Judging::start();
    let config = judging.folder.path().join("rollgate.yaml");
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies");
    let mut compared = 0;
    let mut differing = Vec::new();
    for file in examples(&policies) {
        let artifact = Artifact::new("example", fs::read(&file).unwrap());
        let (objects, errors) = single_objects(&Limits::default(), &artifact);
        let [object] = objects.as_slice() else { continue };
        let kind = object["kind"].as_str().unwrap_or_default();
        let named = object["metadata"]["name"].as_str().is_some_and(|name| !name.is_empty());
        if !errors.is_empty() || !named || RESOURCES.iter().all(|known| known.0 != kind) {
            continue;
        }
        compared += 1;
        let output = Command::new(&command)
            .args(["check", "--output", "json", "--config"])
            .arg(&config)
            .arg(&file)
            .output()
            .unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let response = judging.review(object);
        let expected = (found(&report, "deny"), found(&report, "warn"));
        let about_text = |rule: &String| !ABOUT_THE_TEXT.contains(&rule.as_str());
        let expected = (
            expected.0.into_iter().filter(about_text).collect::<BTreeSet<_>>(),
            expected.1.into_iter().filter(about_text).collect::<BTreeSet<_>>(),
        );
        let answered = (rules(&response, "refused-by"), rules(&response, "warned-by"));
        if answered != expected {
            differing.push(format!("{}: {answered:?} and not {expected:?}", file.display()));
        }
    }
    assert!(compared > 100, "only {compared} examples were compared");
    assert!(differing.is_empty(), "{} of {compared}:\n{}", differing.len(), differing.join("\n"));
}

/// What the command found that refuses or warns; what it could not decide refuses.
fn found(report: &Value, level: &str) -> BTreeSet<String> {
    let findings = report["findings"].as_array().unwrap().iter();
    let findings = findings.filter(|finding| finding["level"] == level);
    let outcomes = report["outcomes"].as_array().unwrap().iter();
    let undecided =
        outcomes.filter(|outcome| outcome["status"] == "inconclusive" && level == "deny");
    findings.chain(undecided).map(|one| one["rule"].as_str().unwrap().to_owned()).collect()
}

/// The examples of all rules.
fn examples(policies: &Path) -> Vec<PathBuf> {
    let list = |folder: &Path| {
        let entries = fs::read_dir(folder).into_iter().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    let groups = ["machineconfig", "pool", "cluster"].map(|group| list(&policies.join(group)));
    let rules = groups.into_iter().flatten();
    let sides = rules.flat_map(|rule| [rule.join("allowed"), rule.join("denied")]);
    sides.flat_map(|side| list(&side)).filter(|path| path.is_file()).collect()
}
