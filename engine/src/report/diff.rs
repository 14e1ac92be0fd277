//! What one report says and another did not.
//!
//! Owns the comparison, whose JSON is the value itself; its schema is committed as
//! `policies/diff.schema.json` and grown only by adding. Must not judge anew: a level is what the
//! reports say it is. Of two runs over one input nothing is new, gone or changed.

mod human;
mod markdown;

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::model::{Finding, Level, Outcome, Report, Status, Unjudged, Verdict};
use crate::gate::without_number;
pub use human::human as diff_human;
pub use markdown::markdown as diff_markdown;

/// The version of the schema of a difference that this build writes.
pub const DIFF_VERSION: &str = "1";

/// The difference of two reports.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Diff {
    /// The version of this schema, [`DIFF_VERSION`].
    pub version: String,
    /// Denied where a denial is new, inconclusive where something could be decided before.
    pub verdict: Verdict,
    /// The earlier report.
    pub old: Side,
    /// The later one.
    pub new: Side,
    /// What was found, of the two reports.
    pub findings: Findings,
    /// What could not be decided, of the two reports.
    pub inconclusive: Gaps<Outcome>,
    /// What could not be judged at all, of the two reports.
    pub unjudged: Gaps<Unjudged>,
}

/// One of the two reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Side {
    /// Its name.
    pub name: String,
    /// Its verdict.
    pub verdict: Verdict,
    /// The date for which was judged.
    pub date: String,
    /// The digest of the policies that judged.
    pub policies: String,
}

/// What was found, of two reports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Findings {
    /// Only by the later one.
    pub new: Vec<Finding>,
    /// By both, with another severity, level or subjects.
    pub changed: Vec<Changed>,
    /// Only by the earlier one.
    pub gone: Vec<Finding>,
}

/// A finding that weighs otherwise, or reaches something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Changed {
    /// As it was.
    pub old: Finding,
    /// As it is.
    pub new: Finding,
}

/// What is not known, of two reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Gaps<T> {
    /// Only in the later one.
    pub new: Vec<T>,
    /// Only in the earlier one.
    pub gone: Vec<T>,
}

impl Diff {
    /// The difference of two reports, each with its name.
    pub fn between(old: (&str, Report), new: (&str, Report)) -> Self {
        let sides = (Side::of(old.0, &old.1), Side::of(new.0, &new.1));
        let (old, new) = (old.1, new.1);
        let findings = Findings::between(old.findings, new.findings);
        let inconclusive = |outcomes: Vec<Outcome>| {
            outcomes.into_iter().filter(|outcome| outcome.status == Status::Inconclusive)
        };
        let inconclusive = Gaps::between(
            inconclusive(old.outcomes),
            inconclusive(new.outcomes),
            |outcome: &Outcome| (outcome.rule.clone(), outcome.subject.clone()),
        );
        let unjudged =
            Gaps::between(old.unjudged.into_iter(), new.unjudged.into_iter(), |gap: &Unjudged| {
                (gap.name.clone(), gap.message.clone())
            });
        let verdict = if findings.denials() > 0 {
            Verdict::Denied
        } else if inconclusive.new.is_empty() && unjudged.new.is_empty() {
            Verdict::Pass
        } else {
            Verdict::Inconclusive
        };
        let version = DIFF_VERSION.to_owned();
        Self { version, verdict, old: sides.0, new: sides.1, findings, inconclusive, unjudged }
    }

    /// The JSON Schema of a difference, as committed.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(Self).to_value()
    }

    /// The difference as JSON.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }
}

impl Side {
    fn of(name: &str, report: &Report) -> Self {
        Self {
            name: name.to_owned(),
            verdict: report.verdict,
            date: report.date.clone(),
            policies: report.tool.policies.clone(),
        }
    }
}

impl Findings {
    fn between(old: Vec<Finding>, new: Vec<Finding>) -> Self {
        let mut open: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
        for finding in old {
            open.entry(without_number(&finding.fingerprint).to_owned()).or_default().push(finding);
        }
        let mut take = |finding: &Finding, same: fn(&Finding, &Finding) -> bool| {
            let twins = open.get_mut(without_number(&finding.fingerprint))?;
            let index = twins.iter().position(|twin| same(twin, finding))?;
            Some(twins.remove(index))
        };
        // First what did not change at all, so that of several twins the right one did.
        let rest: Vec<Finding> =
            new.into_iter().filter(|finding| take(finding, weighs_alike).is_none()).collect();
        let mut findings = Self::default();
        for new in rest {
            match take(&new, |_, _| true) {
                Some(old) => findings.changed.push(Changed { old, new }),
                None => findings.new.push(new),
            }
        }
        findings.gone = open.into_values().flatten().collect();
        findings
    }

    /// How many deny that did not before.
    pub fn denials(&self) -> usize {
        let new = self.new.iter().filter(|finding| finding.level == Level::Deny).count();
        new + self.changed.iter().filter(|changed| changed.denies_now()).count()
    }
}

impl Changed {
    /// Whether it denies, and did not before or reaches more subjects.
    pub fn denies_now(&self) -> bool {
        let more = self.new.subjects.iter().any(|subject| !self.old.subjects.contains(subject));
        self.new.level == Level::Deny && (self.old.level != Level::Deny || more)
    }
}

impl<T> Gaps<T> {
    fn between<K: Ord>(
        old: impl Iterator<Item = T>,
        new: impl Iterator<Item = T>,
        key: impl Fn(&T) -> K,
    ) -> Self {
        let (old, new): (Vec<T>, Vec<T>) = (old.collect(), new.collect());
        let before: BTreeSet<K> = old.iter().map(&key).collect();
        let after: BTreeSet<K> = new.iter().map(&key).collect();
        Self {
            new: new.into_iter().filter(|one| !before.contains(&key(one))).collect(),
            gone: old.into_iter().filter(|one| !after.contains(&key(one))).collect(),
        }
    }
}

fn weighs_alike(one: &Finding, other: &Finding) -> bool {
    one.severity == other.severity && one.level == other.level && one.subjects == other.subjects
}
