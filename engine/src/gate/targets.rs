//! Several targets in one run: the same input judged for each, and one report of all.
//!
//! Owns how reports are put together. A subject that is judged for a target is a subject of its own,
//! named `image/sha256:… (release=4.20,stream=rhel-9)`; what is found for several of them stands once.

use std::collections::BTreeMap;

use rollgate_facts::Target;

use crate::configuration::OnInconclusive;
use crate::gate::assemble;
use crate::gate::{Gate, GateError, Input};
use crate::report::{Finding, Report};

impl Gate<'_> {
    /// Judges the input for each of the targets; for one, as [`Gate::check`] does.
    ///
    /// # Errors
    ///
    /// When the input cannot be judged for one of them, or there is none.
    pub fn check_for(&self, input: &Input, targets: &[Target]) -> Result<Report, GateError> {
        let mut merged: Option<Report> = None;
        let mut labels = Vec::new();
        for target in targets {
            let mut report = self.check(Input { target: target.clone(), ..input.clone() })?;
            let label = target.to_string();
            if targets.len() > 1 {
                name_subjects(&mut report, &label);
            }
            labels.push(label);
            merged = Some(match merged {
                Some(merged) => put_together(merged, report),
                None => report,
            });
        }
        let mut report = merged.ok_or_else(|| {
            GateError::NothingToJudge("no target is given to judge the input for".to_owned())
        })?;
        if targets.len() > 1 {
            report.target = Target::default();
            report.targets = labels;
            report.counts = assemble::counts(&report.outcomes, &report.findings, &report.unjudged);
            report.verdict = assemble::verdict(&report.counts, self.on_inconclusive());
        }
        Ok(report)
    }

    const fn on_inconclusive(&self) -> OnInconclusive {
        self.settings.on_inconclusive
    }
}

/// Says for which target each subject was judged.
fn name_subjects(report: &mut Report, label: &str) {
    let name = |subject: &mut String| *subject = format!("{subject} ({label})");
    for outcome in &mut report.outcomes {
        name(&mut outcome.subject);
    }
    for finding in &mut report.findings {
        name(&mut finding.subject);
        finding.subjects.iter_mut().for_each(name);
    }
}

/// The first report with what the second one adds.
fn put_together(mut report: Report, other: Report) -> Report {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (index, finding) in report.findings.iter().enumerate() {
        known.insert(finding.fingerprint.clone(), index);
    }
    for finding in other.findings {
        let same = known.get(&finding.fingerprint).and_then(|at| report.findings.get_mut(*at));
        match same {
            Some(same) => add(same, finding),
            None => report.findings.push(finding),
        }
    }
    report.outcomes.extend(other.outcomes);
    report.outcomes.sort();
    report.rules.extend(other.rules);
    report.rules.sort_by(|one, other| one.code.cmp(&other.code));
    report.rules.dedup();
    report.unjudged.extend(other.unjudged);
    report.unjudged.sort();
    report.unjudged.dedup();
    report
}

/// The same finding for another target.
fn add(same: &mut Finding, finding: Finding) {
    same.subjects.extend(finding.subjects);
    same.pools.extend(finding.pools);
    for list in [&mut same.subjects, &mut same.pools] {
        list.sort();
        list.dedup();
    }
    same.level = same.level.max(finding.level);
    same.severity = same.severity.max(finding.severity);
}
