//! The table of all rules in the library's readme.
//!
//! Owns the table. Must not write the text around it: people do.

use std::fmt::Write as _;

use super::bundle;
use super::rule::Rule;

/// Where the table of rules begins and ends in `policies/README.md`.
const TABLE: (&str, &str) = ("<!-- rules -->\n", "<!-- end of rules -->\n");

/// The readme of the library with its table of rules made anew.
pub(super) fn readme(rules: &[Rule]) -> String {
    let text = bundle::library_text("README.md").unwrap_or_default();
    let (before, rest) = text.split_once(TABLE.0).unwrap_or((text, ""));
    let after = rest.split_once(TABLE.1).map_or("", |(_, after)| after);
    let mut table = String::from("| Rule | Severity | Finds |\n|---|---|---|\n");
    for Rule { code, severity, title, .. } in rules {
        let page = code.replacen('.', "/", 1);
        let _ = writeln!(table, "| [`{code}`](../docs/rules/{page}.md) | {severity} | {title} |");
    }
    format!("{before}{}{table}{}{after}", TABLE.0, TABLE.1)
}
