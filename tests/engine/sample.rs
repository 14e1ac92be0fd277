//! A report with one of everything that a report can hold.

use rollgate_engine::report::{
    ConfigurationInfo, ConfigurationSource, Counts, DisabledInfo, ExtendedProfile, Finding,
    IgnoredConfiguration, Input, Level, Outcome, ParameterInfo, PassedOver, Place, REPORT_VERSION,
    Related, Report, RuleInfo, SelectionInfo, Severity, SeverityInfo, Status, Tool, Unjudged,
    Verdict, Waived, WaiverInfo, WeighingInfo,
};
use rollgate_engine::text::{Span, place};
use rollgate_engine::{Artifact, Digest};
use rollgate_facts::{Day, Stream, Target};

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

const CONFIGURATION: &str = "\
waivers:
  - {rule: pool.nosmt, until: 2027-01-31}
rules:
  disable: [{rule: pool.other*}]
  severity: [{rule: pool.fips-toggled, severity: critical}]
profile: ./ours.yaml
parameters:
  allowed_registries: [quay.io/example]
";

/// A report with one of everything.
pub(crate) fn report() -> Report {
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
        targets: Vec::new(),
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
            place: written("{rule: pool.nosmt, until: 2027-01-31}"),
            paths: Vec::new(),
        }],
        disabled: vec![switched_off("pool.other"), switched_off("pool.other-too")],
        severities: vec![SeverityInfo {
            rule: "pool.fips-toggled".to_owned(),
            was: Severity::High,
            severity: Severity::Critical,
            reason: "it cost us a day".to_owned(),
            place: written("{rule: pool.fips-toggled, severity: critical}"),
            paths: vec!["node/**".to_owned()],
        }],
        parameters: vec![ParameterInfo {
            name: "allowed_registries".to_owned(),
            value: serde_json::json!(["quay.io/example"]),
            place: written("[quay.io/example]"),
            rules: vec!["machineconfig.registry-not-allowed".to_owned()],
        }],
        selection: Some(SelectionInfo {
            profile: "ci/ours.yaml".to_owned(),
            digest: Some(Digest::of(b"ours").to_string()),
            extends: vec![ExtendedProfile { profile: "baseline".to_owned(), digest: None }],
            place: Some(written("./ours.yaml")),
            rules: 40,
            left_out: vec!["pool.left-out".to_owned()],
            flags: vec!["--tag kernel".to_owned()],
        }),
        configuration: ConfigurationInfo {
            source: ConfigurationSource::Trusted,
            name: Some("ci/rollgate.yaml".to_owned()),
            digest: Some(Digest::of(CONFIGURATION.as_bytes()).to_string()),
            ignored: vec![IgnoredConfiguration {
                name: "rollgate.yaml".to_owned(),
                digest: None,
                valid: true,
                waivers: 1,
                disabled: 2,
            }],
        },
        weighing: WeighingInfo { fail_on: Severity::High, inconclusive_blocks: false },
    }
}

fn switched_off(rule: &str) -> DisabledInfo {
    DisabledInfo {
        rule: rule.to_owned(),
        reason: "does not apply to us".to_owned(),
        place: Some(written("{rule: pool.other*}")),
        paths: Vec::new(),
        left_out: 0,
    }
}

/// The place of a value in the configuration.
fn written(value: &str) -> Place {
    find("ci/rollgate.yaml", CONFIGURATION, value)
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
            place: Some(written("{rule: pool.nosmt, until: 2027-01-31}")),
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
        image_place: None,
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
pub(crate) fn find(name: &str, text: &str, value: &str) -> Place {
    let start = text.find(value).unwrap();
    place(&Artifact::new(name, text), Span { start, end: start + value.len() })
}
