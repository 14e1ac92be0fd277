//! What people read about rules: a page for each, and the table of all.
//!
//! Owns the wording around METADATA. Must not know any rule: everything comes from METADATA and
//! from the examples in the rule's folder.

use std::fmt::Write as _;

use super::bundle::{self, PolicyFile};
use super::rule::{Need, Rule};

/// Where the table of rules begins and ends in `policies/README.md`.
const TABLE: (&str, &str) = ("<!-- rules -->\n", "<!-- end of rules -->\n");

/// The page of a rule, in Markdown: what it finds, why that matters, what to do.
pub fn page(rule: &Rule) -> String {
    let mut page = format!("# {}\n\n{}.\n\n{}\n", rule.code, rule.title, facts_of(rule));
    section(&mut page, "Why", &rule.description);
    examples(&mut page, "Denied", rule, "denied");
    examples(&mut page, "Allowed", rule, "allowed");
    section(&mut page, "Remediation", &rule.remediation);
    section(&mut page, "References", &references(rule));
    section(&mut page, "Since", &rule.since);
    page
}

/// The page of every rule, each at `docs/rules/<domain>/<rule>.md`.
pub(super) fn pages(rules: &[Rule]) -> Vec<PolicyFile> {
    let path = |rule: &Rule| format!("docs/rules/{}.md", rule.code.replacen('.', "/", 1));
    rules.iter().map(|rule| PolicyFile { path: path(rule), text: page(rule) }).collect()
}

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

fn facts_of(rule: &Rule) -> String {
    let mut facts = format!("Severity `{}`, judges `{}`", rule.severity, rule.subject.key());
    if !rule.needs.is_empty() {
        let names: Vec<_> = rule.needs.iter().copied().map(Need::name).collect();
        let _ = write!(facts, ", needs `{}`", names.join("`, `"));
    }
    if let Some(day) = rule.effective_on {
        let _ = write!(facts, ", warns until {day}");
    }
    if !rule.tags.is_empty() {
        let _ = write!(facts, "; tags: {}", rule.tags.join(", "));
    }
    facts + "."
}

fn references(rule: &Rule) -> String {
    let links = rule.related_resources.iter().map(|link| match &link.description {
        Some(description) => format!("{description}: <{}>", link.address),
        None => format!("<{}>", link.address),
    });
    let references = rule.references.iter().map(|reference| {
        if reference.starts_with("http") { format!("<{reference}>") } else { reference.clone() }
    });
    let items: Vec<_> = references.chain(links).map(|item| format!("- {item}")).collect();
    items.join("\n")
}

fn examples(page: &mut String, title: &str, rule: &Rule, kind: &str) {
    // Only the library's examples are at hand; a user's rule may lie in a folder of the same name.
    let own = rule.package.starts_with("rollgate.");
    let Some((folder, _)) = rule.file.rsplit_once('/').filter(|_| own) else { return };
    let examples = bundle::library_examples(folder, kind);
    let blocks =
        examples.iter().map(|example| format!("```yaml\n{}\n```", example.text.trim_end()));
    section(page, title, &blocks.collect::<Vec<_>>().join("\n\n"));
}

/// A section, where there is something to say.
fn section(page: &mut String, title: &str, text: &str) {
    if !text.is_empty() {
        let _ = write!(page, "\n## {title}\n\n{text}\n");
    }
}
