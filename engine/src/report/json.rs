//! JSON: the report itself. Its schema is committed as `policies/report.schema.json`.

use super::Report;

/// The report as JSON, indented, with a line break at the end.
pub fn json(report: &Report) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(report)?;
    text.push('\n');
    Ok(text)
}
