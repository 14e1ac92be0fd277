//! One report in every format: golden files, and each validated against its published schema.

use std::path::Path;

use rollgate_engine::report::{
    ConfigurationInfo, Counts, DisabledInfo, Finding, HumanOptions, Input, Level, Outcome,
    PassedOver, Place, REPORT_VERSION, Related, Report, RuleInfo, Severity, Status, Tool, Unjudged,
    Verbosity, Verdict, Waived, WaiverInfo, human, json, sarif,
};
use rollgate_engine::text::{Span, place};
use rollgate_engine::{Artifact, Digest};
use rollgate_facts::{Day, Stream, Target};
use serde_json::Value;

const WORKER: &str = r#"apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  labels: {machineconfiguration.openshift.io/role: worker}
  name: 99-worker
spec:
  kernelArguments:
    - "mitigations=off"
    - nosmt
  fips: true
"#;

const BASE: &str = "kind: MachineConfig\nmetadata: {name: 00-base}\nspec: {fips: false}\n";

const CONFIGURATION: &str = "waivers:\n  - {rule: pool.nosmt, until: 2027-01-31}\nrules:\n  disable: [{rule: pool.other}]\n";

#[test]
fn human_on_a_terminal() {
    let options = HumanOptions { unicode: true, ..HumanOptions::default() };
    insta::assert_snapshot!(human(&report(), &options));
}

#[test]
fn human_in_a_pipe_with_everything_that_passed() {
    let options = HumanOptions { verbosity: Verbosity::Verbose, ..HumanOptions::default() };
    insta::assert_snapshot!(human(&report(), &options));
}

#[test]
fn human_in_colour_and_quiet() {
    let options = HumanOptions {
        color: true,
        unicode: true,
        verbosity: Verbosity::Quiet,
        ..HumanOptions::default()
    };
    insta::assert_snapshot!(human(&report(), &options).replace('\u{1b}', "␛"));
}

#[test]
fn json_is_the_report() {
    let text = json(&report()).unwrap();
    insta::assert_snapshot!(text);
    assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report());
    assert_valid(&Report::schema(), &serde_json::from_str(&text).unwrap());
}

/// Written by `ROLLGATE_UPDATE=1 cargo test -p rollgate-engine --test engine`.
#[test]
fn the_schema_of_the_report_is_committed() {
    committed("policies/report.schema.json", &Report::schema());
}

/// Written by `ROLLGATE_UPDATE=1 cargo test -p rollgate-engine --test engine`.
#[test]
fn the_schema_of_the_plan_is_committed() {
    committed("policies/plan.schema.json", &rollgate_engine::plan::Plan::schema());
    committed("policies/diff.schema.json", &rollgate_engine::report::Diff::schema());
}

fn committed(file: &str, schema: &Value) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    let schema = serde_json::to_string_pretty(schema).unwrap() + "\n";
    if std::env::var_os("ROLLGATE_UPDATE").is_some() {
        std::fs::write(&file, &schema).unwrap();
    }
    assert!(std::fs::read_to_string(&file).unwrap() == schema, "run again with ROLLGATE_UPDATE=1");
}

#[test]
fn sarif_is_what_code_scanning_takes() {
    let text = sarif(&report()).unwrap();
    insta::assert_snapshot!(text);
    let Some(corpus) = rollgate_testkit::shared_corpus("sarif") else { return };
    let schema = std::fs::read_to_string(corpus.join("schemas/sarif-schema-2.1.0.json")).unwrap();
    let schema = serde_json::from_str(&schema).unwrap();
    assert_valid(&schema, &serde_json::from_str(&text).unwrap());
    let empty = sarif(&Report { outcomes: vec![], findings: vec![], ..report() }).unwrap();
    assert_valid(&schema, &serde_json::from_str(&empty).unwrap());
}

#[test]
fn sarif_keeps_the_most_severe_of_too_many() {
    let mut report = report();
    let low = Finding { severity: Severity::Low, level: Level::Warn, ..report.findings[0].clone() };
    report.findings.splice(0..0, vec![low; 25_000]);
    let log: Value = serde_json::from_str(&sarif(&report).unwrap()).unwrap();
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 25_000);
    assert_eq!(results.last().unwrap()["ruleId"], "pool.mitigations-disabled");
    let notification = &run["invocations"][0]["toolExecutionNotifications"][0];
    let text = "4 results, the least severe, are left out: the file holds what GitHub takes";
    assert_eq!(notification["message"]["text"], text);
}

#[test]
fn a_report_obeys_no_control_characters_and_draws_what_is_cropped() {
    let mut report = report();
    let line = format!("{{\"a\": \"{}\", \"key\": \"\u{1b}[2J\"}}", "ä".repeat(70_000));
    let finding = &mut report.findings[0];
    finding.message = "\u{1b}]0;title\u{7} \u{202e}\nsecond line".to_owned();
    finding.place = Some(find("one\u{1b}line.json", &line, "\"\u{1b}[2J\""));
    report.findings.truncate(1);
    let text =
        human(&report, &HumanOptions { verbosity: Verbosity::Quiet, ..HumanOptions::default() });
    insta::assert_snapshot!(text);
}

fn assert_valid(schema: &Value, instance: &Value) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(instance)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// A report with one of everything.
fn report() -> Report {
    let findings = vec![overridden(), denied(), warned(), waived()];
    Report {
        version: REPORT_VERSION.to_owned(),
        verdict: Verdict::Denied,
        counts: Counts {
            subjects: 8,
            passed: 1,
            denied: 2,
            warned: 1,
            waived: 1,
            inconclusive: 8,
            ..Counts::default()
        },
        tool: Tool {
            name: "rollgate".to_owned(),
            version: "0.1.0".to_owned(),
            facts_version: "1".to_owned(),
            policies: Digest::of(b"policies").to_string(),
        },
        date: "2026-11-21".to_owned(),
        target: Target {
            release: Some("4.20".to_owned()),
            stream: Some(Stream::Rhel9),
            day: Some(Day::Running),
            ..Target::default()
        },
        upgrade: None,
        baseline: None,
        change: None,
        inputs: vec![input("node/99 worker.yaml", WORKER), input("node/00-base.yaml", BASE)],
        passed_over: vec![PassedOver { kind: "ConfigMap".to_owned(), count: 2 }],
        rules: findings.iter().map(rule).collect(),
        outcomes: outcomes(),
        findings,
        unjudged: vec![
            Unjudged {
                name: "node/broken.yaml".to_owned(),
                place: Some(find("node/broken.yaml", "kind: [x\n", "[")),
                message: "the document is not valid YAML".to_owned(),
                help: "correct the syntax; the document was not judged".to_owned(),
            },
            Unjudged {
                name: "node/locked.yaml".to_owned(),
                place: None,
                message: "permission denied".to_owned(),
                help: "make the file readable".to_owned(),
            },
        ],
        waivers: vec![WaiverInfo {
            rule: "pool.nosmt".to_owned(),
            subject: "MachineConfigPool/worker".to_owned(),
            reason: "licensed per thread".to_owned(),
            owner: "the database team".to_owned(),
            until: "2027-01-31".to_owned(),
            used: 1,
            place: find("rollgate.yaml", CONFIGURATION, "{rule: pool.nosmt, until: 2027-01-31}"),
            paths: Vec::new(),
        }],
        disabled: vec![DisabledInfo {
            rule: "pool.other".to_owned(),
            reason: "does not apply to us".to_owned(),
            place: Some(find("rollgate.yaml", CONFIGURATION, "{rule: pool.other}")),
            paths: Vec::new(),
            left_out: 0,
        }],
        severities: Vec::new(),
        parameters: Vec::new(),
        selection: None,
        configuration: ConfigurationInfo::default(),
    }
}

fn overridden() -> Finding {
    let lost = find("node/00-base.yaml", BASE, "false");
    let at = "MachineConfig/00-base#/spec/fips".parse().unwrap();
    let related = Related { label: "overridden here".to_owned(), at, place: Some(lost) };
    Finding {
        rule: "pool.fips-toggled".to_owned(),
        severity: Severity::Critical,
        related: vec![related],
        ..finding("fips is switched on for nodes that run without it", "true", "/spec/fips")
    }
}

fn denied() -> Finding {
    let message = "kernel argument `mitigations=off` disables CPU mitigations";
    Finding {
        pools: vec!["infra".to_owned(), "worker".to_owned()],
        subjects: vec!["MachineConfigPool/infra".to_owned(), "MachineConfigPool/worker".to_owned()],
        subject: "MachineConfigPool/infra".to_owned(),
        ..finding(message, "\"mitigations=off\"", "/spec/kernelArguments/0")
    }
}

/// A finding on something that stands in no text.
fn warned() -> Finding {
    Finding {
        rule: "pool.incomplete".to_owned(),
        severity: Severity::Low,
        level: Level::Warn,
        place: None,
        pools: Vec::new(),
        at: "MachineConfigPool/worker#/spec".parse().unwrap(),
        effective_on: Some("2027-06-01".to_owned()),
        ..finding("the pool has no node selector", "true", "")
    }
}

fn waived() -> Finding {
    Finding {
        rule: "pool.nosmt".to_owned(),
        severity: Severity::Medium,
        level: Level::Waived,
        waived: Some(Waived {
            reason: "licensed per thread".to_owned(),
            owner: "the database team".to_owned(),
            until: "2027-01-31".to_owned(),
            place: None,
        }),
        ..finding("kernel argument `nosmt` halves the threads", "nosmt", "/spec/kernelArguments/1")
    }
}

fn finding(message: &str, value: &str, pointer: &str) -> Finding {
    Finding {
        rule: "pool.mitigations-disabled".to_owned(),
        severity: Severity::High,
        level: Level::Deny,
        subject: "MachineConfigPool/worker".to_owned(),
        subjects: vec!["MachineConfigPool/worker".to_owned()],
        message: message.to_owned(),
        at: format!("MachineConfig/99-worker#{pointer}").parse().unwrap(),
        place: Some(find("node/99 worker.yaml", WORKER, value)),
        pools: vec!["worker".to_owned()],
        related: Vec::new(),
        help: "Remove it, or record a waiver for this pool.".to_owned(),
        fingerprint: Digest::of(message.as_bytes()).hex().chars().take(32).collect(),
        effective_on: None,
        waived: None,
        releases: Vec::new(),
        only_after_upgrade: false,
    }
}

fn rule(finding: &Finding) -> RuleInfo {
    RuleInfo {
        code: finding.rule.clone(),
        title: format!("The title of {}", finding.rule),
        description: "What it is, and why it matters.".to_owned(),
        severity: finding.severity,
        subject: "pool".to_owned(),
        remediation: "Remove it.".to_owned(),
        tags: vec!["kernel".to_owned()],
        references: vec!["https://example.com/rule".to_owned()],
        since: "0.1.0".to_owned(),
    }
}

fn outcomes() -> Vec<Outcome> {
    let outcome = |rule: &str, subject: &str, status| Outcome {
        rule: rule.to_owned(),
        subject: subject.to_owned(),
        status,
        reason: None,
        findings: Vec::new(),
    };
    let undecided = (0..6).map(|number| Outcome {
        reason: Some("allowed up to 4.21, refused from 4.22: give `--release`".to_owned()),
        ..outcome("machineconfig.turns", &format!("MachineConfig/{number}"), Status::Inconclusive)
    });
    let decided = [
        outcome("pool.fips-toggled", "MachineConfigPool/worker", Status::Fail),
        outcome("pool.mitigations-disabled", "MachineConfigPool/infra", Status::Fail),
        outcome("pool.mitigations-disabled", "MachineConfigPool/worker", Status::Fail),
        outcome("pool.nosmt", "MachineConfigPool/infra", Status::Pass),
        outcome("pool.nosmt", "MachineConfigPool/worker", Status::Waived),
    ];
    undecided.chain(decided).collect()
}

fn input(name: &str, text: &str) -> Input {
    let digest = Digest::of(text.as_bytes()).to_string();
    Input { name: name.to_owned(), digest, bytes: text.len() }
}

/// The place of a value in a text.
fn find(name: &str, text: &str, value: &str) -> Place {
    let start = text.find(value).unwrap();
    place(&Artifact::new(name, text), Span { start, end: start + value.len() })
}
