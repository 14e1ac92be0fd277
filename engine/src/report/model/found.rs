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
    /// Where in an image, for people; absent where the value stands in a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_place: Option<ImagePlace>,
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

impl Finding {
    /// Where, as short as can be told: the place, else that in an image, else the locator.
    pub fn whereabouts(&self) -> String {
        let place = self.place.as_ref().map(ToString::to_string);
        let place = place.or_else(|| self.image_place.as_ref().map(ToString::to_string));
        place.unwrap_or_else(|| self.at.to_string())
    }
}

/// A place in an image, for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct ImagePlace {
    /// The reference by which the image was found.
    pub reference: String,
    /// The path; absent where the image's configuration is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The line of the file, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The layer that holds it, from 0, and its digest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer: Option<LayerPlace>,
}

/// A layer of an image, for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct LayerPlace {
    /// Its number, from 1, the lowest first.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// The digest of its blob.
    pub digest: String,
    /// Whether it is one of the base's.
    pub in_base: bool,
}

impl fmt::Display for ImagePlace {
    /// `/usr/lib/x:3 in layer 52 of 53 of oci:image`
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            formatter.write_str(path)?;
            if let Some(line) = self.line {
                write!(formatter, ":{line}")?;
            }
            formatter.write_str(" in ")?;
        }
        if let Some(layer) = &self.layer {
            let base = if layer.in_base { ", of the base," } else { "" };
            write!(formatter, "layer {} of {}{base} of ", layer.number, layer.of)?;
        }
        formatter.write_str(&self.reference)
    }
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
