//! What a run is about: who judged, by which rules, which inputs, and what it is compared with.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Severity;

/// What judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// `rollgate`
    pub name: String,
    /// The version of the program.
    pub version: String,
    /// The version of the facts contract.
    pub facts_version: String,
    /// The digest of the policies that were loaded, as `sha256:<hex>`.
    pub policies: String,
}

/// An input that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// The digest of its bytes, as `sha256:<hex>`.
    pub digest: String,
    /// Its size in bytes.
    pub bytes: usize,
}

/// Objects of a kind that rollgate does not judge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PassedOver {
    /// The kind.
    pub kind: String,
    /// How many of them.
    pub count: usize,
}

/// A rule as reports describe it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleInfo {
    /// The code, as `machineconfig.mitigations-disabled`.
    pub code: String,
    /// One line.
    pub title: String,
    /// What and why, in sentences.
    pub description: String,
    /// How serious its findings are.
    pub severity: Severity,
    /// The kind of subject that it judges.
    pub subject: String,
    /// What to do about its findings.
    pub remediation: String,
    /// Tags for selection.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Controls and links.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// The release of rollgate that brought it.
    pub since: String,
}

/// How many outcomes and findings there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// How many objects were judged.
    pub subjects: usize,
    /// Outcomes that passed.
    pub passed: usize,
    /// Findings that deny.
    pub denied: usize,
    /// Findings that warn.
    pub warned: usize,
    /// Findings that are waived.
    pub waived: usize,
    /// Findings that the baseline knows.
    #[serde(default)]
    pub known: usize,
    /// Findings that are left out, as they stand outside the change.
    #[serde(default)]
    pub unchanged: usize,
    /// Outcomes that are inconclusive, and what could not be judged at all.
    pub inconclusive: usize,
}

/// An upgrade, judged for every release on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UpgradeInfo {
    /// The present release, or those from which the upgrade is possible where it is not known.
    pub from: Vec<String>,
    /// The releases after it, oldest first; the last is the one asked for.
    pub through: Vec<String>,
    /// Findings that only the upgrade brings.
    pub findings: usize,
}

/// An earlier report, whose findings do not deny again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BaselineInfo {
    /// Its name.
    pub name: String,
    /// The digest of its bytes, as `sha256:<hex>`.
    pub digest: String,
    /// Findings that it knows.
    pub known: usize,
    /// Findings of it that are gone.
    pub gone: usize,
    /// Whether other policies judged then.
    pub other_policies: bool,
}

/// A change, to which the findings are limited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeInfo {
    /// The Git reference since which files changed.
    pub since: String,
    /// The inputs that changed, in the order given.
    pub inputs: Vec<String>,
    /// How many inputs were removed.
    pub removed: usize,
    /// Findings that are left out: they stand in other inputs, and were there before.
    pub left_out: usize,
}
