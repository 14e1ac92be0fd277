//! `rollgate policy list`: the rules, for people and for machines.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use miette::IntoDiagnostic as _;
use rollgate_engine::Limits;
use rollgate_engine::policy::Rule;
use rollgate_engine::profile::{DEFAULT, Profile};
use rollgate_engine::report::Severity;
use rollgate_facts::SubjectKind;
use serde_json::{Value, json};

use super::{load, print_json};
use crate::args::{ListFormat, PolicyList};
use crate::exit::Outcome;
use crate::{bundles, output};
use rollgate_sources::profile;

pub(super) fn run(arguments: &PolicyList) -> miette::Result<Outcome> {
    let trust = bundles::trust(&Limits::default(), &arguments.folders.bundles)?;
    let (policies, roots) = load(&arguments.folders.folders, &trust)?;
    let profiles = Profiles::of(policies.rules())?;
    let chosen = match &arguments.profile {
        Some(name) => Some(codes(&profile(name)?, policies.rules())?),
        None => None,
    };
    // The library comes along with every folder, but is not what was asked for then.
    let asked_for = |rule: &&Rule| roots.is_empty() || !rule.is_built_in();
    let in_profile = |rule: &&Rule| chosen.as_ref().is_none_or(|codes| codes.contains(&rule.code));
    let rules = policies.rules().iter().filter(asked_for).filter(in_profile);
    let rules: Vec<&Rule> = rules.filter(|rule| selected(arguments, rule)).collect();
    match arguments.output {
        ListFormat::Human => output::print(&listing(&rules, &profiles))?,
        ListFormat::Json => {
            let rules = rules.iter().map(|rule| described(rule, &profiles));
            let rules: Vec<Value> = rules.collect::<miette::Result<_>>()?;
            print_json(&json!({ "rules": rules }))?;
        }
    }
    Ok(Outcome::Done)
}

/// The profiles of the library, each with the rules that it selects.
struct Profiles(Vec<(String, BTreeSet<String>)>);

impl Profiles {
    fn of(rules: &[Rule]) -> miette::Result<Self> {
        let named = Profile::names().into_iter().map(|name| {
            let codes = codes(&profile(&name)?, rules)?;
            Ok((name, codes))
        });
        named.collect::<miette::Result<_>>().map(Self)
    }

    /// The names of those that select a rule.
    fn with<'p>(&'p self, rule: &Rule) -> Vec<&'p str> {
        let selecting = self.0.iter().filter(|(_, codes)| codes.contains(&rule.code));
        selecting.map(|(name, _)| name.as_str()).collect()
    }
}

/// The codes of the rules that a profile selects.
fn codes(profile: &Profile, rules: &[Rule]) -> miette::Result<BTreeSet<String>> {
    Ok(profile.select(rules)?.into_iter().map(ToOwned::to_owned).collect())
}

/// The rule as it is in the index, and the profiles that select it.
fn described(rule: &Rule, profiles: &Profiles) -> miette::Result<Value> {
    let mut described = serde_json::to_value(rule).into_diagnostic()?;
    if let Some(fields) = described.as_object_mut() {
        fields.insert("profiles".to_owned(), json!(profiles.with(rule)));
    }
    Ok(described)
}

fn selected(arguments: &PolicyList, rule: &Rule) -> bool {
    let tag = arguments.tag.as_ref().is_none_or(|tag| rule.tags.contains(tag));
    let subject = arguments.subject.map(SubjectKind::from);
    let severity = arguments.severity.map(Severity::from);
    tag && subject.is_none_or(|subject| rule.subject == subject)
        && severity.is_none_or(|severity| rule.severity >= severity)
}

/// A line for each rule, in columns, with the names of its parameters, and of the profiles that select
/// it where the default does not.
fn listing(rules: &[&Rule], profiles: &Profiles) -> String {
    let width = rules.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    rules.iter().fold(String::new(), |mut text, rule| {
        let severity = rule.severity.name();
        let names: Vec<&str> = rule.parameters.keys().map(String::as_str).collect();
        let reads = match names[..] {
            [] => String::new(),
            _ => format!(" ({})", names.join(", ")),
        };
        let profiles = profiles.with(rule);
        let only = if profiles.contains(&DEFAULT) {
            String::new()
        } else {
            format!(" [{}]", profiles.join(", "))
        };
        let _ = writeln!(text, "{:width$}  {severity:8}  {}{reads}{only}", rule.code, rule.title);
        text
    })
}
