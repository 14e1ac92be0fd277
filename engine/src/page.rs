//! The page of a rule: what people read about it.
//!
//! Owns the wording around METADATA, the examples and what the gate says of them. Must not know any
//! rule: everything comes from the rule's folder.
//!
//! `pool.paused-pool` → `# pool.paused-pool`, then `## Summary`, `## Why`, `## Denied` and so on.

mod plain;

use std::fmt::Write as _;

use crate::example::{Example, ExampleError, ExampleKind, examples};
use crate::policy::{Need, PolicyFile, PolicySet, Rule, takes};
use crate::report::{HumanOptions, human};

pub use plain::plain;

/// The page of a rule, in Markdown: what it finds, why that matters, what to do.
pub fn page(policies: &PolicySet, rule: &Rule) -> Result<String, ExampleError> {
    let denied = examples(policies, rule, ExampleKind::Denied)?;
    let mut page = format!("# {}\n", rule.code);
    section(&mut page, "Summary", &format!("{}.\n\n{}", rule.title, facts_of(rule)));
    section(&mut page, "Why", &rule.description);
    section(&mut page, "Denied", &texts(&denied));
    section(&mut page, "Diagnostic", &diagnostics(policies, &denied)?);
    section(&mut page, "Allowed", &texts(&examples(policies, rule, ExampleKind::Allowed)?));
    section(&mut page, "Parameters", &parameters(rule));
    section(&mut page, "Remediation", &rule.remediation);
    section(&mut page, "References", &references(rule));
    section(&mut page, "Since", &rule.since);
    Ok(page)
}

/// The page of every rule, each at `docs/rules/<domain>/<rule>.md`.
pub fn pages(policies: &PolicySet) -> Result<Vec<PolicyFile>, ExampleError> {
    let file = |rule: &Rule| {
        let path = format!("docs/rules/{}.md", rule.code.replacen('.', "/", 1));
        Ok(PolicyFile { path, text: page(policies, rule)? })
    };
    policies.rules().iter().map(file).collect()
}

fn facts_of(rule: &Rule) -> String {
    let mut facts = format!("Severity `{}`, judges `{}`", rule.severity, rule.subject.key());
    if !rule.kinds.is_empty() {
        let _ = write!(facts, " of kind {}", rule.kinds.join(", "));
    }
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

/// What `rollgate.yaml` may say to the rule.
fn parameters(rule: &Rule) -> String {
    let item = |(name, schema): (&String, &serde_json::Value)| {
        let default = schema.get("default").map(ToString::to_string).unwrap_or_default();
        format!("- `{name}`: {}; default `{default}`", takes(schema))
    };
    rule.parameters.iter().map(item).collect::<Vec<_>>().join("\n")
}

fn texts(examples: &[Example]) -> String {
    let block = |example: &Example| {
        if example.is_image() {
            return format!("The image of the saved facts `{}`.", example.path);
        }
        fenced("yaml", &example.text)
    };
    let blocks = examples.iter().map(block);
    blocks.collect::<Vec<_>>().join("\n\n")
}

/// What is printed for each example into a file: without colour, in plain characters.
fn diagnostics(policies: &PolicySet, examples: &[Example]) -> Result<String, ExampleError> {
    let block = |example: &Example| {
        let report = human(&example.report(policies)?, &HumanOptions::default());
        Ok(fenced("console", &format!("$ {}\n{report}", example.command())))
    };
    Ok(examples.iter().map(block).collect::<Result<Vec<_>, _>>()?.join("\n\n"))
}

fn fenced(language: &str, text: &str) -> String {
    let lines: Vec<_> = text.trim_end().lines().map(str::trim_end).collect();
    format!("```{language}\n{}\n```", lines.join("\n"))
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

/// A section, where there is something to say.
fn section(page: &mut String, title: &str, text: &str) {
    if !text.is_empty() {
        let _ = write!(page, "\n## {title}\n\n{text}\n");
    }
}
