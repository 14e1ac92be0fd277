//! `rollgate.yaml`: a whole one, and what is said of those that are not valid.

use std::path::PathBuf;
use std::time::Duration;

use miette::{GraphicalReportHandler, GraphicalTheme};
use rollgate_engine::admission::Mode;
use rollgate_engine::configuration::{Configuration, ConfigurationError, OnInconclusive, Paths};
use rollgate_engine::report::Severity;
use rollgate_engine::{Artifact, Limits};
use rollgate_facts::{Architecture, Day, Stream, Target};

const WHOLE: &str = r#"
profile: strict
target: {release: "4.20", stream: rhel-9, architecture: x86_64, platform: VSphere, day: 2}
fail_on: high
on_inconclusive: warn
policies: [./my-policies]
parameters: {allowed_registries: [quay.io]}
rules:
  include:
    - {tag: strict, reason: we want it}
  disable:
    - {rule: pool.extension-unknown, reason: we ship our own}
  severity:
    - {rule: pool.paused-pool, severity: low, reason: we pause often}
overrides:
  - paths: ["old/**"]
    disable: [{subject: pool, reason: gone soon}]
    severity: [{rule: pool.paused-pool, severity: high, reason: never there}]
limits: {input_bytes: 64MiB, documents: 7, evaluation: 500ms}
admission:
  mode: warn
  modes:
    - {rules: [pool.*], subjects: [MachineConfigPool/infra], mode: report, reason: moving}
waivers:
  - rule: pool.mitigations-disabled
    subject: MachineConfigPool/worker
    at: MachineConfig/99-worker#/spec/kernelArguments
    reason: isolated benchmark nodes
    owner: performance team
    until: 2027-01-31
"#;

#[test]
fn every_field_is_read() {
    let Configuration {
        profile,
        target,
        fail_on,
        on_inconclusive,
        policies,
        parameters,
        included,
        disabled,
        severities,
        overrides,
        waivers,
        admission,
        limits,
    } = read(WHOLE).unwrap();
    assert_eq!(profile.unwrap().name, "strict");
    let expected = Target {
        release: Some("4.20".to_owned()),
        stream: Some(Stream::Rhel9),
        architecture: Some(Architecture::X86_64),
        platform: Some("vsphere".to_owned()),
        day: Some(Day::Running),
    };
    assert_eq!(target, expected);
    assert_eq!((fail_on, on_inconclusive), (Some(Severity::High), OnInconclusive::Warn));
    assert_eq!(policies, [PathBuf::from("./my-policies")]);
    let expected = Limits {
        input_bytes: 64 << 20,
        documents: 7,
        evaluation: Duration::from_millis(500),
        ..Limits::default()
    };
    assert_eq!(limits, expected);
    assert_eq!(parameters["allowed_registries"].value, serde_json::json!(["quay.io"]));
    assert_eq!(parameters["allowed_registries"].place.to_string(), "ci/rollgate.yaml:7:14");
    assert_eq!(included[0].tag.as_deref(), Some("strict"));
    let places: Vec<_> = disabled.iter().map(|(one, _)| one.place.to_string()).collect();
    assert_eq!(places, ["ci/rollgate.yaml:12:7", "ci/rollgate.yaml:17:15"]);
    let covered = |paths: &Option<Paths>| paths.as_ref().is_none_or(|it| it.cover_input("old/a"));
    assert!(disabled.iter().all(|(_, paths)| covered(paths)));
    assert!(disabled[1].1.as_ref().is_some_and(|paths| !paths.cover_input("new/a")));
    let changed: Vec<_> =
        severities.iter().map(|one| (one.severity, covered(&one.paths))).collect();
    assert_eq!(changed, [(Severity::Low, true), (Severity::High, true)]);
    assert_eq!(overrides[0].place.to_string(), "ci/rollgate.yaml:16:5");
    assert_eq!(waivers[0].until, jiff::civil::date(2027, 1, 31));
    assert_eq!(waivers[0].place.to_string(), "ci/rollgate.yaml:25:5");
    assert_eq!(waivers[0].locator.as_str(), "Configuration/rollgate.yaml#/waivers/0");
    assert_eq!(admission.mode, Mode::Warn);
    assert_eq!(admission.exceptions[0].place.to_string(), "ci/rollgate.yaml:23:7");
    let mode = |rule, subject| admission.mode_of(rule, [subject]);
    assert_eq!(mode("pool.paused-pool", "MachineConfigPool/infra"), Mode::Report);
    assert_eq!(mode("pool.paused-pool", "MachineConfigPool/worker"), Mode::Warn);
}

#[test]
fn an_empty_one_is_the_default() {
    for text in ["# nothing yet\n", "waivers:\n#  - rule: …\nrules:\n  disable:\nlimits:\n"] {
        assert_eq!(read(text).unwrap(), Configuration::default());
    }
}

#[test]
fn what_is_not_valid_is_said_with_its_place_and_remedy() {
    let faults = [
        "fail_at: high\n",
        "fail_on: highest\n",
        "target:\n  release: 4.20\n",
        "target: {stream: rhel9}\n",
        "target: {platform: vsfere}\n",
        "target: {day: 3}\n",
        "limits: {input_bytes: lots}\n",
        "limits: {documents: 0}\n",
        "limits: {documents: -1}\n",
        "limits: {depth: 1000}\n",
        "limits: {evaluation: 2}\n",
        "limits: {evaluation: 0s}\n",
        "waivers:\n  - {rule: pool.fips, subject: MachineConfigPool/worker, reason: x, owner: us}\n",
        "waivers:\n  - {rule: a, subject: b, reason: '', owner: c, until: 2027-01-31}\n",
        "waivers:\n  - {rule: a, subject: b, reason: d, owner: c, until: 31.1.2027}\n",
        "waivers:\n  - {rule: a, subject: b, reason: d, owner: no, until: 2027-01-31}\n",
        "- fail_on: high\n",
        "target: [4.20]\n",
        "fail_on: high\nfail_on: low\n",
        "fail_on: high\n---\nfail_on: low\n",
        "rules: {disable: [\n",
        "fail_on: \u{1b}[31m\n",
        "admission: {mode: deny}\n",
        "admission: {modes: [{mode: warn, reason: later}]}\n",
    ];
    let said: Vec<String> =
        faults.iter().map(|text| format!("{text}\n{}", drawn(&read(text).unwrap_err()))).collect();
    insta::assert_snapshot!(said.join("\n"));
}

fn read(text: &str) -> Result<Configuration, ConfigurationError> {
    Configuration::read(&Limits::default(), &Artifact::new("ci/rollgate.yaml", text))
}

fn drawn(error: &ConfigurationError) -> String {
    let mut text = String::new();
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::none());
    handler.render_report(&mut text, error).unwrap();
    text
}
