//! `rollgate.yaml`: what a user configures, typed.
//!
//! Owns the format, its defaults and how its errors read. Must not open files: `policies` are paths
//! as written, relative to the file. What is written is one type, what it means another:
//! [`Configuration`].
//!
//! ```
//! use rollgate_engine::configuration::Configuration;
//! use rollgate_engine::{Artifact, Limits, report::Severity};
//! let read = |text: &str| {
//!     Configuration::read(&Limits::default(), &Artifact::new("rollgate.yaml", text))
//! };
//! assert_eq!(read("fail_on: high").unwrap().fail_on, Severity::High);
//! let error = read("fail_at: high").unwrap_err();
//! assert_eq!(error.to_string(), "the configuration has an unknown field `fail_at`");
//! ```

mod error;
mod written;

use std::path::{Path, PathBuf};

use rollgate_facts::{Locator, ObjectId, Target};
use serde::Deserialize;

use crate::report::{DisabledInfo, Place, Severity};
use crate::text::{Document, Node, Source};
use crate::waiver::Waiver;
use crate::{Artifact, Limits};

pub use error::ConfigurationError;
use written::{Written, WrittenWaiver};

/// What `rollgate.yaml` says, with the default for what it does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configuration {
    /// What the change is meant for, as far as it is configured.
    pub target: Target,
    /// The severity from which a finding denies.
    pub fail_on: Severity,
    /// Whether an inconclusive outcome blocks.
    pub on_inconclusive: OnInconclusive,
    /// Folders of further policies, relative to the file.
    pub policies: Vec<PathBuf>,
    /// Rules that are switched off.
    pub disabled: Vec<DisabledRule>,
    /// The limits on content.
    pub limits: Limits,
    /// Findings that are accepted.
    pub waivers: Vec<Waiver>,
}

/// What an inconclusive outcome does to the verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnInconclusive {
    /// It blocks.
    #[default]
    Fail,
    /// It is reported.
    Warn,
}

/// A rule that is switched off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisabledRule {
    /// The rule's code.
    pub rule: String,
    /// Why it is switched off.
    pub reason: String,
    /// Where that is written.
    pub place: Place,
}

impl Default for Configuration {
    fn default() -> Self {
        Self {
            target: Target::default(),
            fail_on: Severity::Medium,
            on_inconclusive: OnInconclusive::default(),
            policies: Vec::new(),
            disabled: Vec::new(),
            limits: Limits::default(),
            waivers: Vec::new(),
        }
    }
}

impl Configuration {
    /// Reads a configuration. An empty one is the default.
    pub fn read(limits: &Limits, artifact: &Artifact) -> Result<Self, ConfigurationError> {
        let source = Source::read(limits, artifact.clone());
        let document = match source.documents() {
            [] => return Ok(Self::default()),
            [Ok(document)] => document,
            [Err(error), ..] | [_, Err(error), ..] => {
                return Err(ConfigurationError::unreadable(&source, error));
            }
            [_, Ok(second), ..] => return Err(ConfigurationError::second(&source, second)),
        };
        if let Some(fault) = document.faults.first() {
            return Err(ConfigurationError::fault(&source, fault));
        }
        let written = written::read(&document.root)
            .map_err(|error| ConfigurationError::invalid(&source, &document.root, &error))?;
        Ok(Meaning::of(&source, document).configuration(written))
    }
}

impl Configuration {
    /// Checks that every rule that is switched off or waived is one of these: a misspelt one would
    /// have no effect, which nobody would notice before it matters.
    pub fn require_rules<'a>(
        &self,
        known: impl Iterator<Item = &'a str> + Clone,
    ) -> Result<(), ConfigurationError> {
        let disabled = self.disabled.iter().map(|disabled| (&disabled.rule, &disabled.place));
        // A waiver of several rules is over-broad, which is a finding.
        let waived = self.waivers.iter().filter(|waiver| !waiver.rule.contains('*'));
        let waived = waived.map(|waiver| (&waiver.rule, &waiver.place));
        match disabled.chain(waived).find(|(rule, _)| !known.clone().any(|one| one == *rule)) {
            Some((rule, place)) => Err(ConfigurationError::unknown_rule(rule, place, known)),
            None => Ok(()),
        }
    }
}

impl From<&DisabledRule> for DisabledInfo {
    fn from(disabled: &DisabledRule) -> Self {
        let DisabledRule { rule, reason, place } = disabled.clone();
        Self { rule, reason, place }
    }
}

/// From what is written to what it means.
struct Meaning<'a> {
    source: &'a Source,
    root: &'a Node,
    /// The locator of the whole configuration.
    at: Locator,
}

impl<'a> Meaning<'a> {
    fn of(source: &'a Source, document: &'a Document) -> Self {
        let path = Path::new(source.artifact().name());
        // The folder differs between machines, and fingerprints must not.
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let at = Locator::object(&ObjectId::new("Configuration", None, &name, 1));
        Self { source, root: &document.root, at }
    }

    fn configuration(&self, written: Written) -> Configuration {
        let default = Configuration::default();
        let disabled = written.rules.disable.into_iter().enumerate();
        let waivers = written.waivers.into_iter().enumerate();
        Configuration {
            target: written.target,
            fail_on: written.fail_on.unwrap_or(default.fail_on),
            on_inconclusive: written.on_inconclusive,
            policies: written.policies,
            disabled: disabled
                .map(|(index, disabled)| DisabledRule {
                    rule: disabled.rule.0,
                    reason: disabled.reason.0,
                    place: self.place(&self.at.key("rules").key("disable").index(index)),
                })
                .collect(),
            limits: written.limits.over(&default.limits),
            waivers: waivers.map(|(index, waiver)| self.waiver(index, waiver)).collect(),
        }
    }

    fn waiver(&self, index: usize, written: WrittenWaiver) -> Waiver {
        let locator = self.at.key("waivers").index(index);
        Waiver {
            rule: written.rule.0,
            subject: written.subject.0,
            at: written.at.map(|at| at.0),
            reason: written.reason.0,
            owner: written.owner.0,
            until: written.until.0,
            place: self.place(&locator),
            locator,
        }
    }

    fn place(&self, locator: &Locator) -> Place {
        self.source.place(self.root.pointer(locator.pointer()).span())
    }
}
