//! `rollgate.yaml`: what a user configures, typed; and profiles, which are written alike.
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
//! assert_eq!(read("fail_on: high").unwrap().fail_on, Some(Severity::High));
//! let error = read("fail_at: high").unwrap_err();
//! assert_eq!(error.to_string(), "the configuration has an unknown field `fail_at`");
//! ```

mod error;
mod meaning;
mod parameters;
mod paths;
mod profile;
mod template;
mod written;

use std::collections::BTreeMap;
use std::path::PathBuf;

use rollgate_facts::Target;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::admission::Admission;
use crate::gate::{RENDERED_IN_USE, STALE_CLUSTER};
use crate::pattern::matches;
use crate::policy::Rule;
use crate::report::{Place, Severity};
use crate::selection::{Override, Selector};
use crate::waiver::Waiver;
use crate::{Artifact, Limits};

pub use error::ConfigurationError;
use meaning::Meaning;
pub use paths::{Paths, Tree};
pub(crate) use profile::{read_library_profile, read_profile};
pub use template::template;

/// What `rollgate.yaml` says, with the default for what it does not say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Configuration {
    /// The profile.
    pub profile: Option<ChosenProfile>,
    /// What the change is meant for, as far as it is configured.
    pub target: Target,
    /// The severity from which a finding denies, where it is not the profile's.
    pub fail_on: Option<Severity>,
    /// Whether an inconclusive outcome blocks.
    pub on_inconclusive: OnInconclusive,
    /// Folders of further policies, relative to the file.
    pub policies: Vec<PathBuf>,
    /// Values of the policies' parameters, by name.
    pub parameters: BTreeMap<String, GivenParameter>,
    /// Rules that judge besides those of the profile.
    pub included: Vec<Selector>,
    /// Rules that are switched off, some for a few files only.
    pub disabled: Vec<(Selector, Option<Paths>)>,
    /// Rules whose severity is not their own.
    pub severities: Vec<SeverityChange>,
    /// The files that overrides are for.
    pub overrides: Vec<Override>,
    /// Findings that are accepted.
    pub waivers: Vec<Waiver>,
    /// What the admission webhook does about what the rules say.
    pub admission: Admission,
    /// The limits on content.
    pub limits: Limits,
}

/// A profile as a configuration names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenProfile {
    /// The name of one of the library, or a file relative to the configuration.
    pub name: String,
    /// Where that is written.
    pub place: Place,
}

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenParameter {
    /// The value.
    pub value: Value,
    /// Where it is written.
    pub place: Place,
}

/// Rules whose severity is not their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeverityChange {
    /// The rules.
    pub selector: Selector,
    /// The severity.
    pub severity: Severity,
    /// The files for which alone it holds.
    pub paths: Option<Paths>,
}

/// What an inconclusive outcome does to the verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnInconclusive {
    /// It blocks.
    #[default]
    Fail,
    /// It is reported.
    Warn,
}

impl Configuration {
    /// The JSON Schema of `rollgate.yaml`, as committed.
    pub fn schema() -> Value {
        written::schema()
    }

    /// Reads a configuration. An empty one is the default. Its globs start where names of inputs do.
    pub fn read(limits: &Limits, artifact: &Artifact) -> Result<Self, ConfigurationError> {
        Self::read_in(limits, artifact, &Tree::default())
    }

    /// Reads a configuration whose globs start in a tree.
    pub fn read_in(
        limits: &Limits,
        artifact: &Artifact,
        tree: &Tree,
    ) -> Result<Self, ConfigurationError> {
        let read = Meaning::read(limits, artifact, "configuration")?;
        read.map_or_else(|| Ok(Self::default()), |meaning| meaning.configuration(tree))
    }

    /// Checks that every rule that is selected, switched off or waived is one of these: a misspelt
    /// one would have no effect, which nobody would notice before it matters.
    pub fn require_rules(&self, rules: &[Rule]) -> Result<(), ConfigurationError> {
        let disabled = self.disabled.iter().map(|(selector, _)| selector);
        let changed = self.severities.iter().map(|change| &change.selector);
        for selector in self.included.iter().chain(disabled).chain(changed) {
            selector.require_any("configuration", rules)?;
        }
        for exception in &self.admission.exceptions {
            let own = [RENDERED_IN_USE, STALE_CLUSTER];
            let codes = rules.iter().map(|rule| rule.code.as_str()).chain(own);
            let codes: Vec<&str> = codes.collect();
            let known = |code: &String| codes.iter().any(|rule| matches(code, rule));
            if let Some(code) = exception.rules.iter().find(|code| !known(code)) {
                let place = &exception.place;
                return Err(ConfigurationError::unknown_rule("configuration", code, place, rules));
            }
        }
        // A waiver of several rules is over-broad, which is a finding.
        let mut waived = self.waivers.iter().filter(|waiver| !waiver.rule.contains('*'));
        let unknown = |waiver: &&Waiver| !rules.iter().any(|rule| rule.code == waiver.rule);
        match waived.find(unknown) {
            Some(Waiver { rule, place, .. }) => {
                Err(ConfigurationError::unknown_rule("configuration", rule, place, rules))
            }
            None => Ok(()),
        }
    }
}
