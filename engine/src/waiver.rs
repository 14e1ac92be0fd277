//! Waivers: findings that someone accepts, for a reason and until a date.
//!
//! Owns what a waiver covers, and the findings about waivers themselves. Must not know how they are
//! written, nor the verdict. A waiver that is expired or over-broad covers nothing: a gate that is
//! waved open by mistake is no gate.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rollgate_facts::Locator;

use crate::Digest;
use crate::report::{Finding, Level, Place, RuleInfo, Severity, Waived, WaiverInfo};

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
    /// The locator of the waiver itself.
    pub locator: Locator,
    /// Where it is written.
    pub place: Place,
}

/// Waives findings, each where all of its subjects are covered. Returns the waivers with their use,
/// and what is wrong with them.
pub fn apply(
    waivers: &[Waiver],
    findings: &mut [Finding],
    today: Date,
) -> (Vec<WaiverInfo>, Vec<Finding>) {
    let complaints: Vec<Option<Complaint>> =
        waivers.iter().map(|waiver| waiver.complaint(findings, today)).collect();
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
    let complaints = complaints.filter_map(|(waiver, complaint)| Some(complaint?.about(waiver)));
    (infos, complaints.collect())
}

/// The description of a rule that judges waivers.
pub fn rule_info(code: &str) -> Option<RuleInfo> {
    RULES.iter().find(|rule| rule.code == code).map(|rule| RuleInfo {
        code: rule.code.to_owned(),
        title: rule.title.to_owned(),
        description: rule.description.to_owned(),
        severity: rule.severity,
        subject: "configuration".to_owned(),
        remediation: rule.remediation.to_owned(),
        tags: Vec::new(),
        references: Vec::new(),
        since: "0.1.0".to_owned(),
    })
}

/// A rule that judges waivers. They are in Rust, as what they judge is no fact of a node.
struct Rule {
    code: &'static str,
    title: &'static str,
    description: &'static str,
    severity: Severity,
    remediation: &'static str,
}

static RULES: [&Rule; 3] = [&EXPIRED, &OVER_BROAD, &UNUSED];

static EXPIRED: Rule = Rule {
    code: "waiver.expired",
    title: "A waiver has expired",
    description: "The last day of the waiver is past, so it covers nothing any more.",
    severity: Severity::Medium,
    remediation: "Remove the waiver, or have its owner decide anew and set a later date.",
};

static OVER_BROAD: Rule = Rule {
    code: "waiver.over-broad",
    title: "A waiver covers more than anyone can answer for",
    description: "A waiver is for one rule and a few subjects of one kind. One that reaches further \
                  would also accept what nobody has looked at, so it covers nothing.",
    severity: Severity::Medium,
    remediation: "Name the rule and the subject, in several waivers where there are several.",
};

static UNUSED: Rule = Rule {
    code: "waiver.unused",
    title: "A waiver covers nothing",
    description: "No finding matches the waiver: the fault is gone, or its rule or subject is \
                  misspelt.",
    severity: Severity::Low,
    remediation: "Remove the waiver, or correct its rule and subject.",
};

/// What is wrong with a waiver.
struct Complaint {
    rule: &'static Rule,
    message: String,
}

impl Waiver {
    fn complaint(&self, findings: &[Finding], today: Date) -> Option<Complaint> {
        let Self { rule, subject, until, .. } = self;
        if let Some(reach) = self.reach(findings) {
            let message = format!("the waiver of `{rule}` for `{subject}` reaches {reach}");
            return Some(Complaint { rule: &OVER_BROAD, message });
        }
        if *until < today {
            let message = format!("the waiver of `{rule}` for `{subject}` expired on {until}");
            return Some(Complaint { rule: &EXPIRED, message });
        }
        if self.uses(findings) == 0 {
            let message = format!("the waiver of `{rule}` for `{subject}` matches no finding");
            return Some(Complaint { rule: &UNUSED, message });
        }
        None
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
        self.rule == finding.rule && self.at.as_ref().is_none_or(|at| starts_with(&finding.at, at))
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
        }
    }
}

impl Complaint {
    fn about(self, waiver: &Waiver) -> Finding {
        let subject = waiver.locator.object_id().to_owned();
        // Neither the date nor the position in the list: the complaint stays the same.
        let identity =
            format!("{}\n{}\n{}\n{:?}", self.rule.code, waiver.rule, waiver.subject, waiver.at);
        Finding {
            rule: self.rule.code.to_owned(),
            severity: self.rule.severity,
            level: Level::Warn,
            subjects: vec![subject.clone()],
            subject,
            message: self.message,
            at: waiver.locator.clone(),
            place: Some(waiver.place.clone()),
            pools: Vec::new(),
            related: Vec::new(),
            help: self.rule.remediation.to_owned(),
            fingerprint: Digest::of(identity.as_bytes()).hex().chars().take(32).collect(),
            effective_on: None,
            waived: None,
            releases: Vec::new(),
            only_after_upgrade: false,
        }
    }
}

impl From<&Waiver> for Waived {
    fn from(waiver: &Waiver) -> Self {
        Self {
            reason: waiver.reason.clone(),
            owner: waiver.owner.clone(),
            until: waiver.until.to_string(),
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

/// Whether a text matches a pattern in which `*` stands for any characters.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    // The earliest match of a part leaves the most for those after it.
    for part in parts {
        let Some((_, after)) = text.split_once(part) else { return false };
        text = after;
    }
    text.ends_with(last)
}

/// Whether a locator starts with these steps.
fn starts_with(locator: &Locator, prefix: &str) -> bool {
    let rest = locator.as_str().strip_prefix(prefix);
    rest.is_some_and(|rest| {
        rest.is_empty() || prefix.ends_with(['#', '/']) || rest.starts_with(['#', '/', ':'])
    })
}
