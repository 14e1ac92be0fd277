//! What the rules said: outcomes, findings, and where they stand.

use std::fmt;

use rollgate_facts::Locator;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Level, Severity, Status};

/// One rule judged one subject.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// The rule's code, as `machineconfig.mitigations-disabled`.
    pub rule: String,
    /// The subject, as `MachineConfig/99-worker`.
    pub subject: String,
    /// What the rule said.
    pub status: Status,
    /// Why, where the status is inconclusive, waived, known, unchanged or not applicable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The fingerprints of its findings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<String>,
}

/// Something that a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// The rule's code.
    pub rule: String,
    /// The rule's severity.
    pub severity: Severity,
    /// What it does to the verdict.
    pub level: Level,
    /// The subject, or the first of them.
    pub subject: String,
    /// All subjects that share the finding, sorted.
    pub subjects: Vec<String>,
    /// What is wrong: lower case, literals in backticks, no full stop.
    pub message: String,
    /// Where, as an opaque locator.
    pub at: Locator,
    /// Where, for people; absent where the value stands in no text that was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The pools that the value reaches, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pools: Vec<String>,
    /// Other places that bear on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// What to do.
    pub help: String,
    /// Stays the same when lines above the finding move: a hash of rule, place in the object and
    /// message.
    pub fingerprint: String,
    /// The date from which the rule denies, where that is still to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_on: Option<String>,
    /// The waiver that covers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived: Option<Waived>,
    /// The releases on the way of the upgrade for which it was found, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub releases: Vec<String>,
    /// Whether it is known not to be found for the present release.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_after_upgrade: bool,
}

/// Another place that bears on a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Related {
    /// What the place has to do with it: `overridden here`, ….
    pub label: String,
    /// Where, as an opaque locator.
    pub at: Locator,
    /// Where, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// A place in an input, for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// The input's name: a path relative to the working directory, or `<stdin>`.
    pub name: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The line on which the value ends, from 1.
    pub end_line: usize,
    /// The column after the value's last character, from 1.
    pub end_column: usize,
    /// The text around it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<Excerpt>,
}

/// A few lines of an input: at most 3 lines of 160 columns, secrets masked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Excerpt {
    /// The number of the first line shown, from 1.
    pub first_line: usize,
    /// The lines, joined by `\n`.
    pub text: String,
    /// Where the value starts in `text`, in bytes.
    pub start: usize,
    /// How many bytes of `text` it covers; at least 1 unless `text` ends there.
    pub length: usize,
}

/// A waiver that covers a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waived {
    /// Why it is accepted.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds, as `2026-11-21`.
    pub until: String,
    /// Where the waiver is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// Something that could not be judged at all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Unjudged {
    /// The input's name.
    pub name: String,
    /// Where in the input, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl fmt::Display for Place {
    /// `99-worker.yaml:8:7`
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}", self.name, self.line, self.column)
    }
}
