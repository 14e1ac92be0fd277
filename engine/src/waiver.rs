//! Waivers: findings that someone accepts, for a reason and until a date.
//!
//! Owns what a waiver covers, and the findings about waivers themselves. Must not know how they are
//! written, nor the verdict. A waiver that is expired or over-broad covers nothing: a gate that is
//! waved open by mistake is no gate.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rollgate_facts::Locator;

use crate::complaint::{Complaint, ConfigurationRule, EXPIRED, OVER_BROAD, UNUSED};
use crate::configuration::Paths;
use crate::pattern::matches;
use crate::report::{Finding, Level, Place, Waived, WaiverInfo};
use crate::selection::written;

/// How many subjects a waiver may cover: more are better served by switching the rule off, which is
/// said in every report.
const MANY_SUBJECTS: usize = 10;

/// A finding that is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The code of the rule.
    pub rule: String,
    /// The subject, as `MachineConfigPool/worker`; `*` stands for any characters.
    pub subject: String,
    /// Where the finding must stand: its locator or what that starts with.
    pub at: Option<String>,
    /// Why it is accepted.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds.
    pub until: Date,
    /// The files in which the finding must stand; any where absent.
    pub paths: Option<Paths>,
    /// The locator of the waiver itself.
    pub locator: Locator,
    /// Where it is written.
    pub place: Place,
}

/// Waives findings, each where all of its subjects are covered. Returns the waivers with their use,
/// and what is wrong with them. Of a rule that was not asked, no finding is missed.
pub fn apply(
    waivers: &[Waiver],
    findings: &mut [Finding],
    today: Date,
    asked: impl Fn(&str) -> bool,
) -> (Vec<WaiverInfo>, Vec<Finding>) {
    let fault = |waiver: &Waiver| {
        let fault = waiver.fault(findings, today);
        fault.filter(|(rule, _)| rule.code != UNUSED.code || asked(&waiver.rule))
    };
    let complaints: Vec<Option<Fault>> = waivers.iter().map(fault).collect();
    let in_force: Vec<&Waiver> = waivers
        .iter()
        .zip(&complaints)
        .filter(|(_, complaint)| complaint.is_none())
        .map(|(waiver, _)| waiver)
        .collect();
    for finding in findings.iter_mut() {
        if let Some(waiver) = covering(&in_force, finding) {
            finding.level = Level::Waived;
            finding.waived = Some(waiver.into());
        }
    }
    let infos = waivers.iter().zip(&complaints).map(|(waiver, complaint)| {
        let used = if complaint.is_some() { 0 } else { waiver.uses(findings) };
        waiver.info(used)
    });
    let infos = infos.collect();
    let complaints = waivers.iter().zip(complaints);
    let complaints = complaints.filter_map(|(waiver, fault)| Some(waiver.complain(fault?)));
    (infos, complaints.map(Complaint::finding).collect())
}

/// A rule that a waiver breaks, and what to say of it.
type Fault = (&'static ConfigurationRule, String);

impl Waiver {
    fn fault(&self, findings: &[Finding], today: Date) -> Option<Fault> {
        let Self { rule, subject, until, .. } = self;
        if let Some(reach) = self.reach(findings) {
            let message = format!("the waiver of `{rule}` for `{subject}` reaches {reach}");
            return Some((&OVER_BROAD, message));
        }
        if *until < today {
            let message = format!("the waiver of `{rule}` for `{subject}` expired on {until}");
            return Some((&EXPIRED, message));
        }
        if self.uses(findings) == 0 {
            let message = format!("the waiver of `{rule}` for `{subject}` matches no finding");
            return Some((&UNUSED, message));
        }
        None
    }

    fn complain(&self, (rule, message): Fault) -> Complaint {
        Complaint {
            rule,
            message,
            locator: self.locator.clone(),
            place: self.place.clone(),
            // Neither the date nor the position in the list: the complaint stays the same.
            identity: format!("{}\n{}\n{:?}", self.rule, self.subject, self.at),
        }
    }

    /// What the waiver reaches, where that is too much.
    fn reach(&self, findings: &[Finding]) -> Option<String> {
        if self.rule.contains('*') {
            return Some("more than one rule".to_owned());
        }
        let kind = self.subject.split('/').next().unwrap_or_default();
        if kind.contains('*') {
            return Some("more than one kind of subject".to_owned());
        }
        let matching = findings.iter().filter(|finding| self.is_about(finding));
        let subjects: BTreeSet<&String> = matching
            .flat_map(|finding| &finding.subjects)
            .filter(|subject| matches(&self.subject, subject))
            .collect();
        (subjects.len() > MANY_SUBJECTS).then(|| format!("{} subjects", subjects.len()))
    }

    /// How many findings it matches, in at least one subject.
    fn uses(&self, findings: &[Finding]) -> usize {
        let matched = |finding: &&Finding| {
            self.is_about(finding)
                && finding.subjects.iter().any(|subject| matches(&self.subject, subject))
        };
        findings.iter().filter(matched).count()
    }

    /// Whether the finding is of its rule and place.
    fn is_about(&self, finding: &Finding) -> bool {
        let covered = |paths: &Paths| finding.place.as_ref().is_some_and(|at| paths.cover(at));
        self.rule == finding.rule
            && self.at.as_ref().is_none_or(|at| starts_with(&finding.at, at))
            && self.paths.as_ref().is_none_or(covered)
    }

    fn info(&self, used: usize) -> WaiverInfo {
        WaiverInfo {
            rule: self.rule.clone(),
            subject: self.subject.clone(),
            reason: self.reason.clone(),
            owner: self.owner.clone(),
            until: self.until.to_string(),
            used,
            place: self.place.clone(),
            paths: written(self.paths.as_ref()),
        }
    }
}

impl From<&Waiver> for Waived {
    fn from(waiver: &Waiver) -> Self {
        Self {
            reason: waiver.reason.clone(),
            owner: waiver.owner.clone(),
            until: waiver.until.to_string(),
            place: Some(waiver.place.clone()),
        }
    }
}

/// The waiver that covers a finding, of several the first to expire; none unless every subject of
/// the finding is covered.
fn covering<'a>(waivers: &[&'a Waiver], finding: &Finding) -> Option<&'a Waiver> {
    let about: Vec<&Waiver> =
        waivers.iter().copied().filter(|waiver| waiver.is_about(finding)).collect();
    let needed: Option<Vec<&Waiver>> = finding
        .subjects
        .iter()
        .map(|subject| {
            let matching = about.iter().copied().filter(|waiver| matches(&waiver.subject, subject));
            matching.max_by_key(|waiver| waiver.until)
        })
        .collect();
    needed?.into_iter().min_by_key(|waiver| waiver.until)
}

/// Whether a locator starts with these steps.
fn starts_with(locator: &Locator, prefix: &str) -> bool {
    let rest = locator.as_str().strip_prefix(prefix);
    rest.is_some_and(|rest| {
        rest.is_empty() || prefix.ends_with(['#', '/']) || rest.starts_with(['#', '/', ':'])
    })
}
