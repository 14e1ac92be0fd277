//! A rule as its METADATA describes it.
//!
//! Owns the type and the way from a package to a code: `rollgate.pool.mitigations_disabled` is
//! `pool.mitigations-disabled`. Must not know Rego's syntax.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rollgate_facts::{SubjectKind, Target};
use serde::{Deserialize, Serialize};

use super::ast::Policy;
use super::silent::{self, Condition};
use super::{reading, watch};
use crate::report::{RuleInfo, Severity};

/// A rule: one Rego package that judges one kind of subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// The code, as `pool.mitigations-disabled`.
    pub code: String,
    /// The package, as `rollgate.pool.mitigations_disabled`.
    pub package: String,
    /// The file, as its root names it.
    pub file: String,
    /// One line without a full stop.
    pub title: String,
    /// What and why, in sentences.
    pub description: String,
    /// The kind of subject that it judges.
    pub subject: SubjectKind,
    /// Of cluster objects, the kinds that it judges; all, where it names none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// How serious its findings are.
    pub severity: Severity,
    /// What to do about its findings, in sentences.
    pub remediation: String,
    /// The release of rollgate (or of the user's policies) that brought it.
    pub since: String,
    /// What must have been collected beside the subject.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    /// The paths into the facts of the subject that its text names, as
    /// `machine_config.ignition.files`: nothing else of the subject bears on its findings.
    pub facts: Vec<String>,
    /// For each body of its `deny` what the facts must hold for it to find something; empty where
    /// that is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silent_without: Vec<Vec<Condition>>,
    /// Whether it can be told which parts of the target it reads while it is evaluated.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub watched: bool,
    /// The paths (globs) of image files whose contents it reads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reads: Vec<String>,
    /// Tags for selection.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Control ids and links.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// The day from which its findings deny; until then they warn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_on: Option<Date>,
    /// The user parameters that it reads, by name, each with its JSON Schema.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, serde_json::Value>,
    /// Links for further reading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related_resources: Vec<RelatedResource>,
}

/// A link for further reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelatedResource {
    /// The address.
    #[serde(rename = "ref")]
    pub address: String,
    /// What is to be found there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A fact beside the subject that a rule cannot judge without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Need {
    /// `target.release`
    #[serde(rename = "target.release")]
    Release,
    /// `target.stream`
    #[serde(rename = "target.stream")]
    Stream,
    /// `target.architecture`
    #[serde(rename = "target.architecture")]
    Architecture,
    /// `target.platform`
    #[serde(rename = "target.platform")]
    Platform,
    /// `target.day`
    #[serde(rename = "target.day")]
    Day,
    /// `pool.current`: what runs on the pool's nodes now.
    #[serde(rename = "pool.current")]
    PoolCurrent,
}

impl Need {
    /// Every need, in order.
    pub const ALL: &[Self] = &[
        Self::Release,
        Self::Stream,
        Self::Architecture,
        Self::Platform,
        Self::Day,
        Self::PoolCurrent,
    ];

    /// The name: its path in the facts document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Release => "target.release",
            Self::Stream => "target.stream",
            Self::Architecture => "target.architecture",
            Self::Platform => "target.platform",
            Self::Day => "target.day",
            Self::PoolCurrent => "pool.current",
        }
    }

    /// Whether two targets have the same of it.
    pub fn is_same(self, one: &Target, other: &Target) -> bool {
        match self {
            Self::Release => one.release == other.release,
            Self::Stream => one.stream == other.stream,
            Self::Architecture => one.architecture == other.architecture,
            Self::Platform => one.platform == other.platform,
            Self::Day => one.day == other.day,
            // What runs now is no part of a target.
            Self::PoolCurrent => true,
        }
    }
}

impl Rule {
    /// The rule with what only its text tells.
    pub(super) fn read_in(self, policy: &Policy) -> Self {
        let facts = reading::facts(policy, self.subject);
        let watched = !self.needs.is_empty() && watch::can_watch(policy);
        let silent_without = silent::conditions(policy, self.subject);
        Self { facts, silent_without, watched, ..self }
    }

    /// Whether the rule is of the embedded library.
    pub fn is_built_in(&self) -> bool {
        self.package.starts_with("rollgate.")
    }

    /// Whether it judges subjects of this kind, of which `object` is the kind of a cluster object.
    pub fn judges(&self, subject: SubjectKind, object: Option<&str>) -> bool {
        let of_kind = |object| self.kinds.iter().any(|kind| kind == object);
        self.subject == subject && (self.kinds.is_empty() || object.is_some_and(of_kind))
    }

    /// Whether it reads this field of its subject, as `packages` of `image`.
    pub fn reads_fact(&self, subject: &str, field: &str) -> bool {
        let is_read = |path: &String| match path.strip_prefix(subject) {
            Some("") => true,
            Some(rest) => rest.split('.').nth(1) == Some(field),
            None => false,
        };
        self.facts.iter().any(is_read)
    }

    /// The rule as reports describe it.
    pub fn info(&self) -> RuleInfo {
        RuleInfo {
            code: self.code.clone(),
            title: self.title.clone(),
            description: self.description.clone(),
            severity: self.severity,
            subject: self.subject.key().to_owned(),
            remediation: self.remediation.clone(),
            tags: self.tags.clone(),
            references: self.references.clone(),
            since: self.since.clone(),
        }
    }
}

/// The code of the rule in this package. A user's rule keeps its `custom.`, so that it cannot pass
/// for one of rollgate's own.
pub(super) fn code_of(package: &str) -> String {
    package.strip_prefix("rollgate.").unwrap_or(package).replace('_', "-")
}
