//! Narrowing: what flags leave of the rules that a profile and a configuration select.
//!
//! `--rule pool.* --min-severity high` keeps what matches in both; `--skip-rule` switches off, which
//! is listed like what a configuration switches off.

use std::collections::BTreeSet;

use rollgate_facts::SubjectKind;

use super::{Disabled, SelectionError};
use crate::pattern::matches;
use crate::policy::Rule;
use crate::report::Severity;

/// What flags say of rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// The profile.
    pub profile: Option<String>,
    /// Only these rules: codes, in which `*` stands for any characters.
    pub rules: Vec<String>,
    /// Without these rules.
    pub skipped: Vec<String>,
    /// Only rules with one of these tags.
    pub tags: Vec<String>,
    /// Only rules that judge one of these kinds.
    pub subjects: Vec<SubjectKind>,
    /// Only rules of at least this severity.
    pub min_severity: Option<Severity>,
}

impl Narrowing {
    pub(super) fn keeps(&self, rule: &Rule, severity: Severity) -> bool {
        let any = |list: &[String], holds: &dyn Fn(&String) -> bool| {
            list.is_empty() || list.iter().any(holds)
        };
        any(&self.rules, &|pattern| matches(pattern, &rule.code))
            && any(&self.tags, &|tag| rule.tags.contains(tag))
            && (self.subjects.is_empty() || self.subjects.contains(&rule.subject))
            && self.min_severity.is_none_or(|least| severity >= least)
    }

    /// The flags that select, as typed.
    pub(super) fn flags(&self) -> Vec<String> {
        let profile = self.profile.iter().map(|profile| format!("--profile {profile}"));
        let rules = self.rules.iter().map(|rule| format!("--rule {rule}"));
        let tags = self.tags.iter().map(|tag| format!("--tag {tag}"));
        let subjects = self.subjects.iter().map(|subject| format!("--subject {}", subject.key()));
        let severity = self.min_severity.iter().map(|least| format!("--min-severity {least}"));
        profile.chain(rules).chain(tags).chain(subjects).chain(severity).collect()
    }

    pub(super) fn require(&self, rules: &[Rule]) -> Result<(), SelectionError> {
        for pattern in &self.rules {
            require_rule("--rule", pattern, rules)?;
        }
        let tags: BTreeSet<&str> =
            rules.iter().flat_map(|rule| &rule.tags).map(String::as_str).collect();
        match self.tags.iter().find(|tag| !tags.contains(tag.as_str())) {
            Some(tag) => Err(SelectionError::Unknown {
                what: "tag",
                word: tag.clone(),
                flag: "--tag",
                help: match crate::closest(tag, tags.iter().copied()) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => format!("known are `{}`", Vec::from_iter(tags).join("`, `")),
                },
            }),
            None => Ok(()),
        }
    }

    /// The rules that are switched off by flags.
    pub(super) fn skip(&self, rules: &[Rule]) -> Result<Vec<Disabled>, SelectionError> {
        let mut skipped = Vec::new();
        for pattern in &self.skipped {
            require_rule("--skip-rule", pattern, rules)?;
            let meant = rules.iter().filter(|rule| matches(pattern, &rule.code));
            skipped.extend(meant.map(|rule| Disabled {
                rule: rule.code.clone(),
                reason: format!("`--skip-rule {pattern}`"),
                place: None,
                paths: None,
            }));
        }
        Ok(skipped)
    }
}

fn require_rule(flag: &'static str, pattern: &str, rules: &[Rule]) -> Result<(), SelectionError> {
    if rules.iter().any(|rule| matches(pattern, &rule.code)) {
        return Ok(());
    }
    let help = match crate::closest(pattern, rules.iter().map(|rule| rule.code.as_str())) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "`rollgate policy list` lists the rules".to_owned(),
    };
    Err(SelectionError::Unknown { what: "rule", word: pattern.to_owned(), flag, help })
}
