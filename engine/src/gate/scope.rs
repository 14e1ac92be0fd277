//! Scope: which findings count.
//!
//! Owns what a baseline and a change do to findings. Whatever does not count is counted, so that
//! nothing vanishes: what the baseline knows stays in the report and does not deny; what stands in
//! inputs that did not change, and was found before the change as well, is left out. Inconclusive
//! outcomes and what could not be judged are never out of scope: unknown is not a pass.

use std::collections::{BTreeMap, BTreeSet};

use crate::Artifact;
use crate::baseline::{Baseline, Seen};
use crate::gate::judge::Judgement;
use crate::report::{BaselineInfo, ChangeInfo, Finding, Level, Related};

/// A change, to which findings are limited.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// The Git reference since which files changed.
    pub since: String,
    /// The names of the files that changed: inputs and the configuration.
    pub changed: BTreeSet<String>,
    /// The inputs as they were before the change, those that did not change among them.
    pub before: Vec<Artifact>,
    /// How many inputs were removed.
    pub removed: usize,
}

/// What the scope did to the findings.
#[derive(Debug, Default)]
pub(super) struct Scoped {
    pub(super) baseline: Option<BaselineInfo>,
    pub(super) left_out: usize,
    /// How many findings of a rule on a subject were left out.
    left_out_of: BTreeMap<(String, String), usize>,
}

impl Scoped {
    /// What is said of an outcome of which all findings were left out.
    pub(super) fn left_out_of(&self, judgement: &Judgement<'_>) -> Option<String> {
        let key = (judgement.rule.code.clone(), judgement.subject.clone());
        let count = self.left_out_of.get(&key)?;
        let findings = if *count == 1 { "finding" } else { "findings" };
        Some(format!("{count} {findings} outside the change"))
    }
}

impl Change {
    /// Whether the finding, or what bears on it, stands in a file that changed.
    pub(super) fn touches(&self, finding: &Finding) -> bool {
        let related = finding.related.iter().filter_map(|Related { place, .. }| place.as_ref());
        let mut places = finding.place.iter().chain(related);
        places.any(|place| self.changed.contains(&place.name))
    }

    pub(super) fn info(&self, inputs: impl Iterator<Item = String>, left_out: usize) -> ChangeInfo {
        ChangeInfo {
            since: self.since.clone(),
            inputs: inputs.filter(|name| self.changed.contains(name)).collect(),
            removed: self.removed,
            left_out,
        }
    }
}

/// Applies baseline and change. `before` is what was found before the change.
pub(super) fn apply(
    baseline: Option<Baseline>,
    change: Option<(&Change, Seen)>,
    policies: &str,
    findings: &mut Vec<Finding>,
) -> Scoped {
    let mut scoped = Scoped::default();
    if let Some(mut baseline) = baseline {
        let mut known = 0;
        for finding in findings.iter_mut() {
            // A waived finding is no less known for that.
            if baseline.seen.take(finding) && finding.level > Level::Known {
                finding.level = Level::Known;
                known += 1;
            }
        }
        scoped.baseline = Some(BaselineInfo {
            name: baseline.name,
            digest: baseline.digest.to_string(),
            known,
            gone: baseline.seen.left(),
            other_policies: baseline.policies != policies,
        });
    }
    if let Some((change, mut before)) = change {
        findings.retain(|finding| {
            // Each that was there answers for one, whether that is left out or not.
            let was_there = before.take(finding);
            let counts = change.touches(finding) || !was_there;
            if !counts {
                scoped.left_out += 1;
                for subject in &finding.subjects {
                    let key = (finding.rule.clone(), subject.clone());
                    *scoped.left_out_of.entry(key).or_default() += 1;
                }
            }
            counts
        });
    }
    scoped
}
