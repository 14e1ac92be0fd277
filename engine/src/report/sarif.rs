//! SARIF 2.1.0, as GitHub code scanning and other viewers take it.
//!
//! Owns the mapping and GitHub's limits
//! (<https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>).
//! Must not decide: a finding's level says whether it denies. What does not fit is left out, least
//! severe first, and a notification says so. What a configuration makes of the run stands in
//! notifications with its place, and as it is in the run's properties.

mod location;
mod notification;
mod result;
mod rule;

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::Report;
use super::repository::Repository;
use super::wording::cropped;

/// How many results GitHub takes of one run; it shows the first 5 000 by severity.
const RESULTS: usize = 25_000;

/// How many bytes GitHub takes of one file, compressed with gzip.
const BYTES: usize = 10_000_000;

/// How many characters of a text are written. GitHub shows 1 024 of a title and more of a message,
/// but many results have to fit.
const CHARACTERS: usize = 1_000;

/// The report as SARIF, indented, with a line break at the end.
pub fn sarif(report: &Report, repository: &Repository) -> serde_json::Result<String> {
    let mut results = RESULTS.min(report.findings.len());
    loop {
        let mut text = serde_json::to_string_pretty(&log(report, repository, results))?;
        text.push('\n');
        if results == 0 || fits(&text) {
            return Ok(text);
        }
        results /= 2;
    }
}

/// Whether GitHub takes a file of that size.
fn fits(text: &str) -> bool {
    if text.len() <= BYTES {
        return true;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let written = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish());
    written.is_ok_and(|compressed| compressed.len() <= BYTES)
}

fn log(report: &Report, repository: &Repository, results: usize) -> Value {
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run(report, repository, results)],
    })
}

fn run(report: &Report, repository: &Repository, allowed: usize) -> Value {
    let results = result::most_severe(report, repository, allowed);
    let left_out = report.findings.len() - results.len();
    json!({
        "tool": { "driver": {
            "name": report.tool.name,
            "semanticVersion": report.tool.version,
            "informationUri": "https://github.com/rollgate/rollgate",
            "rules": report.rules.iter().map(rule::rule).collect::<Vec<_>>(),
        }},
        "invocations": [{
            "executionSuccessful": true,
            "toolConfigurationNotifications": notification::configuration(report, repository),
            "toolExecutionNotifications": notification::notifications(report, repository, left_out),
        }],
        "originalUriBaseIds": location::base(),
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": properties(report),
    })
}

fn properties(report: &Report) -> Value {
    let mut properties = json!({
        "verdict": report.verdict,
        "date": report.date,
        "target": report.target,
        "policies": report.tool.policies,
        "factsVersion": report.tool.facts_version,
        "configuration": report.configuration,
        "weighing": report.weighing,
        "parameters": report.parameters,
    });
    let scope = [
        ("selection", report.selection.as_ref().map(|selection| json!(selection))),
        ("upgrade", report.upgrade.as_ref().map(|upgrade| json!(upgrade))),
        ("baseline", report.baseline.as_ref().map(|baseline| json!(baseline))),
        ("change", report.change.as_ref().map(|change| json!(change))),
    ];
    if let Some(fields) = properties.as_object_mut() {
        let given = scope.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        fields.extend(given);
    }
    properties
}

/// A text, cropped.
fn text(text: &str) -> Value {
    json!({ "text": cropped(text, CHARACTERS) })
}
