//! `rollgate policy list`: the rules, for people and for machines.

use std::fmt::Write as _;

use rollgate_engine::Limits;
use rollgate_engine::policy::Rule;
use rollgate_engine::report::Severity;
use rollgate_facts::SubjectKind;
use serde_json::json;

use super::{load, print_json};
use crate::args::{ListFormat, PolicyList};
use crate::exit::Outcome;
use crate::{bundles, output};

pub(super) fn run(arguments: &PolicyList) -> miette::Result<Outcome> {
    let trust = bundles::trust(&Limits::default(), &arguments.folders.bundles)?;
    let (policies, roots) = load(&arguments.folders.folders, &trust)?;
    // The library comes along with every folder, but is not what was asked for then.
    let asked_for = |rule: &&Rule| roots.is_empty() || !rule.is_built_in();
    let rules = policies.rules().iter().filter(asked_for);
    let rules: Vec<&Rule> = rules.filter(|rule| selected(arguments, rule)).collect();
    match arguments.output {
        ListFormat::Human => output::print(&listing(&rules))?,
        ListFormat::Json => print_json(&json!({ "rules": rules }))?,
    }
    Ok(Outcome::Done)
}

fn selected(arguments: &PolicyList, rule: &Rule) -> bool {
    let tag = arguments.tag.as_ref().is_none_or(|tag| rule.tags.contains(tag));
    let subject = arguments.subject.map(SubjectKind::from);
    let severity = arguments.severity.map(Severity::from);
    tag && subject.is_none_or(|subject| rule.subject == subject)
        && severity.is_none_or(|severity| rule.severity >= severity)
}

/// A line for each rule, in columns, with the names of its parameters.
fn listing(rules: &[&Rule]) -> String {
    let width = rules.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    rules.iter().fold(String::new(), |mut text, rule| {
        let severity = rule.severity.name();
        let names: Vec<&str> = rule.parameters.keys().map(String::as_str).collect();
        let reads = match names[..] {
            [] => String::new(),
            _ => format!(" ({})", names.join(", ")),
        };
        let _ = writeln!(text, "{:width$}  {severity:8}  {}{reads}", rule.code, rule.title);
        text
    })
}
