//! One report in every format: golden files, and each validated against its published schema.

use std::path::Path;

use rollgate_engine::report::{
    Finding, HumanOptions, Level, Report, Repository, Severity, Verbosity, human, json, sarif,
};
use serde_json::Value;

use crate::sample::{find, report};

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
    let telemetry = rollgate_engine::telemetry::FleetTelemetry::schema();
    committed("policies/telemetry.schema.json", &telemetry);
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
    let text = sarif(&report(), &Repository::default()).unwrap();
    insta::assert_snapshot!(text);
    let Some(corpus) = rollgate_testkit::shared_corpus("sarif") else { return };
    let schema = std::fs::read_to_string(corpus.join("schemas/sarif-schema-2.1.0.json")).unwrap();
    let schema = serde_json::from_str(&schema).unwrap();
    assert_valid(&schema, &serde_json::from_str(&text).unwrap());
    let empty =
        sarif(&Report { outcomes: vec![], findings: vec![], ..report() }, &Repository::default())
            .unwrap();
    assert_valid(&schema, &serde_json::from_str(&empty).unwrap());
}

#[test]
fn policy_reports_of_pools() {
    let pools = ["worker", "infra"].map(ToOwned::to_owned).into();
    let reports = rollgate_engine::report::policy_reports(&report(), &pools);
    insta::assert_snapshot!(serde_json::to_string_pretty(&reports).unwrap());
    let Some(corpus) = rollgate_testkit::shared_corpus("policy_reports_of_pools") else { return };
    let file = corpus.join("schemas/openreports.io_clusterreports.yaml");
    let definition: Value = serde_yaml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let mut schema = definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"].clone();
    close(&mut schema);
    for report in &reports {
        assert_valid(&schema, report);
    }
}

/// Refuses fields that a schema does not name, as server-side apply does.
fn close(schema: &mut Value) {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties
            .iter_mut()
            .filter(|(name, _)| *name != "metadata")
            .for_each(|(_, child)| close(child));
        schema["additionalProperties"] = false.into();
    }
    if let Some(items) = schema.get_mut("items") {
        close(items);
    }
}

#[test]
fn sarif_keeps_the_most_severe_of_too_many() {
    let mut report = report();
    let low = Finding { severity: Severity::Low, level: Level::Warn, ..report.findings[0].clone() };
    report.findings.splice(0..0, vec![low; 25_000]);
    let log: Value =
        serde_json::from_str(&sarif(&report, &Repository::default()).unwrap()).unwrap();
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 25_000);
    assert_eq!(results.last().unwrap()["ruleId"], "pool.mitigations-disabled");
    let notification = &run["invocations"][0]["toolExecutionNotifications"][0];
    let text = "4 results, the least severe, are left out: the file holds what GitHub takes";
    assert_eq!(notification["message"]["text"], text);
}

/// GitHub takes 10 MB, compressed: texts that do not compress take the place of results.
#[test]
fn sarif_is_no_larger_than_what_is_taken() {
    const FINDINGS: usize = 7_000;
    let mut report = report();
    let mut state = 1_u32;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0x4e00 + (state >> 8) % 0x5000).unwrap()
    };
    let finding = report.findings[0].clone();
    let mut message = || (0..900).map(|_| random()).collect();
    let findings = (0..FINDINGS).map(|_| Finding { message: message(), ..finding.clone() });
    report.findings = findings.collect();
    let text = sarif(&report, &Repository::default()).unwrap();
    let log: Value = serde_json::from_str(&text).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap().len();
    let notification = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    let said = notification["message"]["text"].as_str().unwrap();
    let left_out = FINDINGS - results;
    assert!(results > 0 && said.starts_with(&format!("{left_out} results")), "{said}");
    let compressed = rollgate_testkit::encode::gzip(text.as_bytes()).len();
    assert!(compressed < 10_000_000, "{compressed} bytes");
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
