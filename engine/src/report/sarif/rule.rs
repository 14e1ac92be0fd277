//! Rules as SARIF describes them.

use serde_json::{Value, json};

use super::text;
use crate::report::{RuleInfo, Severity};

/// How many tags GitHub takes of a rule.
const TAGS: usize = 20;

/// A rule with its help.
pub(super) fn rule(rule: &RuleInfo) -> Value {
    // GitHub sorts by `security-severity` only what is tagged so.
    let tags = std::iter::once("security").chain(rule.tags.iter().map(String::as_str));
    let mut described = json!({
        "id": rule.code,
        "shortDescription": text(&rule.title),
        "fullDescription": text(&rule.description),
        "help": {
            "text": format!("{}\n\n{}", rule.description, rule.remediation),
            "markdown": markdown(rule),
        },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "tags": tags.take(TAGS).collect::<Vec<_>>(),
            "precision": "high",
            "security-severity": security_severity(rule.severity),
        },
    });
    let link = rule.references.iter().find(|reference| reference.starts_with("https://"));
    if let (Some(link), Some(fields)) = (link, described.as_object_mut()) {
        fields.insert("helpUri".to_owned(), json!(link));
    }
    described
}

fn markdown(rule: &RuleInfo) -> String {
    let RuleInfo { description, remediation, references, .. } = rule;
    let mut lines = vec![description.clone(), format!("\n**What to do:** {remediation}\n")];
    if !references.is_empty() {
        lines.push("**References:**".to_owned());
        lines.extend(references.iter().map(|reference| format!("- {reference}")));
    }
    lines.join("\n")
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "note",
        Severity::Medium => "warning",
        Severity::High | Severity::Critical => "error",
    }
}

/// The middle of the range that GitHub shows under the same word.
const fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "2.0",
        Severity::Medium => "5.5",
        Severity::High => "8.0",
        Severity::Critical => "9.5",
    }
}
