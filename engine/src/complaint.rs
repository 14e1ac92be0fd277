//! Complaints: what is wrong with a configuration that is valid, and has no or too much effect.
//!
//! Owns the rules that judge configurations, and the form of what they find. They are in Rust, as
//! what they judge is no fact of a node. Must not know what a waiver or an override covers.

use rollgate_facts::Locator;

use crate::Digest;
use crate::report::{Finding, Level, Place, RuleInfo, Severity};

/// Something wrong with a part of a configuration.
pub(crate) struct Complaint {
    pub(crate) rule: &'static ConfigurationRule,
    pub(crate) message: String,
    /// The locator of the part.
    pub(crate) locator: Locator,
    /// Where it is written.
    pub(crate) place: Place,
    /// What tells it from other parts, wherever it stands and whenever it is judged.
    pub(crate) identity: String,
}

/// A rule that judges configurations.
pub(crate) struct ConfigurationRule {
    pub(crate) code: &'static str,
    title: &'static str,
    description: &'static str,
    severity: Severity,
    remediation: &'static str,
}

/// The description of a rule that judges configurations.
pub(crate) fn rule_info(code: &str) -> Option<RuleInfo> {
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

static RULES: [&ConfigurationRule; 4] = [&EXPIRED, &OVER_BROAD, &UNUSED, &UNUSED_OVERRIDE];

pub(crate) static EXPIRED: ConfigurationRule = ConfigurationRule {
    code: "waiver.expired",
    title: "A waiver has expired",
    description: "The last day of the waiver is past, so it covers nothing any more.",
    severity: Severity::Medium,
    remediation: "Remove the waiver, or have its owner decide anew and set a later date.",
};

pub(crate) static OVER_BROAD: ConfigurationRule = ConfigurationRule {
    code: "waiver.over-broad",
    title: "A waiver covers more than anyone can answer for",
    description: "A waiver is for one rule and a few subjects of one kind. One that reaches further \
                  would also accept what nobody has looked at, so it covers nothing.",
    severity: Severity::Medium,
    remediation: "Name the rule and the subject, in several waivers where there are several.",
};

pub(crate) static UNUSED: ConfigurationRule = ConfigurationRule {
    code: "waiver.unused",
    title: "A waiver covers nothing",
    description: "No finding matches the waiver: the fault is gone, or its rule or subject is \
                  misspelt.",
    severity: Severity::Low,
    remediation: "Remove the waiver, or correct its rule and subject.",
};

pub(crate) static UNUSED_OVERRIDE: ConfigurationRule = ConfigurationRule {
    code: "override.unused",
    title: "An override covers no file",
    description: "None of the files that were read matches the globs of the override: the files \
                  are gone or were not given, or a glob is misspelt.",
    severity: Severity::Low,
    remediation: "Remove the override, or correct its globs, which start in the folder of the \
                  configuration.",
};

impl Complaint {
    /// The complaint as a finding, before it is weighed.
    pub(crate) fn finding(self) -> Finding {
        let subject = self.locator.object_id().to_owned();
        let identity = format!("{}\n{}", self.rule.code, self.identity);
        Finding {
            rule: self.rule.code.to_owned(),
            severity: self.rule.severity,
            level: Level::Warn,
            subjects: vec![subject.clone()],
            subject,
            message: self.message,
            at: self.locator,
            image_place: None,
            place: Some(self.place),
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
