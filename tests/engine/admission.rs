//! A change of one object in a cluster: what refuses it, what warns, and what it does to nodes.

use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::date;
use rollgate_engine::admission::{Admission, Decision, Mode, Said, What};
use rollgate_engine::configuration::{Configuration, OnInconclusive};
use rollgate_engine::extract;
use rollgate_engine::policy::PolicySet;
use rollgate_engine::{Artifact, Cluster, Gate, Limits, ObjectChange, Reviewed, Settings};
use rollgate_facts::Target;
use rollgate_testkit::MachineConfig;
use serde_json::{Value, json};

/// The objects of a cluster in which nothing is wrong, each an artifact as a watch gives it.
fn plain() -> Vec<Arc<Artifact>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cli/cluster/plain.yaml");
    let source = extract::open(&Limits::default(), Artifact::new("plain", fs::read(path).unwrap()));
    let inventory = extract::Inventory::of([&source]);
    inventory.objects.iter().map(|object| artifact(&object.node.to_json())).collect()
}

fn artifact(object: &Value) -> Arc<Artifact> {
    let text = |pointer: &str| object.pointer(pointer).and_then(Value::as_str).unwrap();
    let name = format!("{}/{}", text("/kind"), text("/metadata/name"));
    Arc::new(Artifact::new(name, object.to_string()))
}

fn cluster(objects: &[Arc<Artifact>]) -> Cluster {
    Cluster::of(&Limits::default(), objects, Vec::new())
}

/// What the rules say of a change in a cluster.
fn review(objects: &[Arc<Artifact>], old: Option<&Value>, new: Option<&Value>) -> Reviewed {
    let policies = PolicySet::embedded().unwrap();
    let gate = Gate::new(&policies, Settings::on(date(2026, 11, 21)));
    let change = ObjectChange { old: old.map(artifact), new: new.map(artifact) };
    gate.review(&cluster(objects), &Target::default(), &change).unwrap()
}

fn decide(admission: &Admission, reviewed: Reviewed) -> Decision {
    admission.decide(reviewed, Mode::Enforce, OnInconclusive::Fail)
}

/// A decision as text, and what happens to pools.
fn told(reviewed: Reviewed) -> String {
    let mut text = String::new();
    for pool in &reviewed.pools {
        let _ = writeln!(text, "pool {}: {}", pool.name, pool.headline());
        for reason in &pool.reasons {
            let _ = writeln!(text, "  {}", reason.text);
        }
    }
    for image in &reviewed.images {
        let _ = writeln!(text, "image {}", image.text);
    }
    if reviewed.repaired > 0 {
        let _ = writeln!(text, "repairs {}", reviewed.repaired);
    }
    let decision = decide(&Admission::default(), reviewed);
    let mut list = |heading: &str, said: &[Said]| {
        for said in said {
            let new = if said.introduced { "" } else { ", as before" };
            let _ = writeln!(text, "{heading}{new}: {}", what(&said.what));
        }
    };
    list("refused", &decision.refusals);
    list("warned", &decision.warnings);
    list("noted", &decision.noted);
    if text.is_empty() { "nothing to say\n".to_owned() } else { text }
}

fn what(what: &What) -> String {
    match what {
        What::Found(finding) => format!("{}: {} ({})", finding.rule, finding.message, finding.at),
        What::Undecided(undecided) => {
            format!("{}: undecided for {}: {}", undecided.rule, undecided.subject, undecided.reason)
        }
        What::Unjudged(unjudged) => format!("unreadable: {}", unjudged.message),
    }
}

fn worker(name: &str, arguments: &[&str]) -> Value {
    let start = MachineConfig::new(name).role("worker");
    arguments.iter().fold(start, |config, argument| config.kernel_argument(argument)).value()
}

#[test]
fn every_change_is_judged_by_what_it_brings() {
    let plain = plain();
    let broken = worker("99-broken", &["mitigations=off", "nopti"]);
    let half = worker("99-broken", &["nopti"]);
    let with_broken: Vec<_> = plain.iter().cloned().chain([artifact(&broken)]).collect();
    let safe = worker("99-safe", &["psi=1"]);
    let image = json!("quay.io/example/custom:latest");
    let layered = MachineConfig::new("99-layered").role("worker").spec("osImageURL", image).value();
    let none: &[Arc<Artifact>] = &[];
    let cases = [
        ("an unsafe one in an empty cluster", review(none, None, Some(&broken))),
        ("a safe one in an empty cluster", review(none, None, Some(&safe))),
        ("an unsafe one", review(&plain, None, Some(&broken))),
        ("a safe one", review(&plain, None, Some(&safe))),
        ("half of a repair", review(&with_broken, Some(&broken), Some(&half))),
        ("a repair", review(&with_broken, Some(&broken), None)),
        ("a safe one beside a broken one", review(&with_broken, None, Some(&safe))),
        ("another broken one", review(&with_broken, None, Some(&worker("99-more", &["nopti"])))),
        ("an image by tag", review(&plain, None, Some(&layered))),
    ];
    let cases = cases.map(|(title, reviewed)| format!("## {title}\n{}", told(reviewed)));
    insta::assert_snapshot!("admission", cases.join("\n"));
}

#[test]
fn a_deletion_is_judged_by_what_is_left() {
    let fips = MachineConfig::new("99-fips").role("worker").spec("fips", json!(true)).value();
    let objects: Vec<_> = plain().into_iter().chain([artifact(&fips)]).collect();
    insta::assert_snapshot!("admission-deletion", told(review(&objects, Some(&fips), None)));
}

#[test]
fn a_rendered_config_that_something_runs_is_not_to_go() {
    let plain = plain();
    let pool = plain.iter().find(|one| one.name() == "MachineConfigPool/worker").unwrap();
    let pool: Value = serde_json::from_slice(pool.bytes()).unwrap();
    let name = pool["status"]["configuration"]["name"].as_str().unwrap();
    let rendered = |name: &str| MachineConfig::new(name).ignition("3.5.0").value();
    let (used, unused) = (rendered(name), rendered("rendered-worker-0123456789abcdef"));
    let objects: Vec<_> =
        plain.iter().cloned().chain([artifact(&used), artifact(&unused)]).collect();
    let refused = decide(&Admission::default(), review(&objects, Some(&used), None));
    assert!(what(&refused.refusals[0].what).starts_with("admission.rendered-config-in-use: "));
    assert!(decide(&Admission::default(), review(&objects, Some(&unused), None)).is_allowed());
}

#[test]
fn modes_hold_for_rules_and_subjects_and_operators_are_warned() {
    let yaml = "admission:\n  mode: warn\n  modes:\n    - rules: [pool.*]\n      subjects: \
                [MachineConfigPool/infra]\n      mode: report\n      reason: moving\n";
    let artifact = Artifact::new("rollgate.yaml", yaml);
    let configured = Configuration::read(&Limits::default(), &artifact).unwrap().admission;
    let infra = MachineConfig::new("99-broken").role("infra").kernel_argument("nopti").value();
    let reviewed = review(&plain(), None, Some(&infra));

    let enforced = decide(&Admission::default(), reviewed.clone());
    assert!(!enforced.is_allowed());
    let warned = decide(&configured, reviewed.clone());
    assert!(warned.is_allowed());
    assert!(warned.all().all(|said| said.mode == Mode::Warn || said.mode == Mode::Report));
    assert!(warned.noted.iter().any(|said| what(&said.what).starts_with("pool.")));
    let operator = Admission::default().decide(reviewed, Mode::Warn, OnInconclusive::Fail);
    assert!(operator.is_allowed() && !operator.warnings.is_empty());
}

#[test]
fn what_is_not_known_is_no_pass() {
    let safe = worker("99-safe", &["psi=1"]);
    let mut stale = review(&plain(), None, Some(&safe));
    stale.add_stale("`nodes` have not been heard of for 10m");
    assert!(!decide(&Admission::default(), stale).is_allowed());

    // Neither now nor before is there time to ask: that both are silent alike says nothing.
    let policies = PolicySet::embedded().unwrap();
    let past = Instant::now().checked_sub(Duration::from_millis(1));
    let settings = Settings { deadline: past, ..Settings::on(date(2026, 11, 21)) };
    let gate = Gate::new(&policies, settings);
    for old in [None, Some(worker("99-safe", &["psi=0"])), Some(safe.clone())] {
        let change = ObjectChange { old: old.as_ref().map(artifact), new: Some(artifact(&safe)) };
        let late = gate.review(&cluster(&plain()), &Target::default(), &change).unwrap();
        let decision = decide(&Admission::default(), late);
        assert!(!decision.is_allowed());
        let late = |said: &Said| what(&said.what).contains("the time for the answer is up");
        assert!(decision.refusals.iter().all(late) && decision.warnings.is_empty());
    }
}

/// A rule that turns on the stream doubts about what it doubted about before, and about no more.
#[test]
fn a_doubt_that_was_there_excuses_no_greater_one() {
    let asks = |extensions: &[&str]| {
        let start = MachineConfig::new("99-asks").role("worker");
        extensions.iter().fold(start, |config, extension| config.extension(extension)).value()
    };
    let policies = PolicySet::embedded().unwrap();
    let gate = Gate::new(&policies, Settings::on(date(2026, 11, 21)));
    let target = Target { release: Some("4.20".to_owned()), ..Target::default() };
    let doubts = |old: &Value, new: &Value| {
        let change = ObjectChange { old: Some(artifact(old)), new: Some(artifact(new)) };
        let reviewed = gate.review(&Cluster::default(), &target, &change).unwrap();
        let decision = decide(&Admission::default(), reviewed);
        let undecided = |said: &Said| matches!(said.what, What::Undecided(_));
        assert!(decision.all().any(undecided), "nothing turns on the target any more");
        decision.is_allowed()
    };
    let one = asks(&["two-node-ha"]);
    assert!(doubts(&one, &one));
    assert!(!doubts(&one, &asks(&["two-node-ha", "sandboxed-containers"])));
}

/// Contents beyond a limit are refused although those before them were beyond it too.
#[test]
fn what_is_too_large_to_read_is_refused_each_time() {
    let policies = PolicySet::embedded().unwrap();
    let limits = Limits { content_bytes: 10, ..Limits::default() };
    let gate = Gate::new(&policies, Settings { limits, ..Settings::on(date(2026, 11, 21)) });
    let large = |text: &str| {
        let start = MachineConfig::new("99-large").role("worker").ignition("3.4.0");
        artifact(&start.file("/etc/large", 0o644, text).value())
    };
    let old = large("what is not seen");
    let review = |new| {
        let change = ObjectChange { old: Some(Arc::clone(&old)), new };
        decide(
            &Admission::default(),
            gate.review(&Cluster::default(), &Target::default(), &change).unwrap(),
        )
    };
    assert!(!review(Some(large("nor what comes now"))).is_allowed());
    assert!(review(Some(large("small"))).is_allowed());
    assert!(review(None).is_allowed());
}

#[test]
fn a_later_state_reads_only_what_changed() {
    let objects = plain();
    let first = cluster(&objects);
    let more: Vec<_> =
        objects.iter().cloned().chain([artifact(&worker("99-safe", &["psi=1"]))]).collect();
    let second = first.next(&Limits::default(), &more, Vec::new());
    assert_eq!(second.len(), first.len() + 1);
}
