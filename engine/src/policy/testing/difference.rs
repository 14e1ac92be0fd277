//! The difference between the findings that a test expects and those that it gets.
//!
//! Owns its form: one finding after the other as JSON, `-` before what is expected and missing,
//! `+` before what is found and not expected.

use regorus::Value;
use similar::{ChangeTag, TextDiff};

/// How many lines alike are shown around a difference: enough to tell which finding it is in.
const CONTEXT: usize = 3;

/// Findings as text, in the order of the set.
pub(super) fn lines<'v>(findings: impl Iterator<Item = &'v Value>) -> String {
    let pretty = |value| serde_json::to_string_pretty(value).unwrap_or_default();
    findings.map(|finding| pretty(finding) + "\n").collect()
}

/// The lines that differ, and a few around them.
pub(super) fn between(expected: &str, found: &str) -> String {
    let difference = TextDiff::from_lines(expected, found);
    let mut text = "- is expected, + is found".to_owned();
    for (index, group) in difference.grouped_ops(CONTEXT).iter().enumerate() {
        if index > 0 {
            text.push_str("\n  …");
        }
        for change in group.iter().flat_map(|operation| difference.iter_changes(operation)) {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            text.push_str(format!("\n{sign} {}", change.value().trim_end()).trim_end());
        }
    }
    text
}
