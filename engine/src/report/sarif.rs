//! SARIF 2.1.0, as GitHub code scanning and other viewers take it.
//!
//! Owns the mapping and GitHub's limits
//! (<https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>).
//! Must not decide: a finding's level says whether it denies. What does not fit is left out, least
//! severe first, and a notification says so.

mod location;
mod notification;
mod result;
mod rule;

use serde_json::{Value, json};

use super::Report;

/// How many results GitHub takes of one run; it shows the first 5 000 by severity.
const RESULTS: usize = 25_000;

/// How many characters of a text are written. GitHub shows 1 024 of a title and more of a message,
/// but 25 000 results must stay under 10 MB when compressed.
const CHARACTERS: usize = 1_000;

/// The report as SARIF, indented, with a line break at the end.
pub fn sarif(report: &Report) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(&log(report))?;
    text.push('\n');
    Ok(text)
}

fn log(report: &Report) -> Value {
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run(report)],
    })
}

fn run(report: &Report) -> Value {
    let results = result::most_severe(report, RESULTS);
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
            "toolExecutionNotifications": notification::notifications(report, left_out),
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
    });
    let scope = [
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
    json!({ "text": cropped(text) })
}

fn cropped(text: &str) -> String {
    match text.char_indices().nth(CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
