//! What the configuration makes of a run: which one it is, and everything in it that lets a finding
//! pass or weigh otherwise, with its place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Place, Severity};

/// Which configuration applies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConfigurationInfo {
    /// How it was found.
    pub source: ConfigurationSource,
    /// The file, relative to the working directory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The digest of its bytes, as `sha256:<hex>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// The files in the tree under judgement that would apply, were it not for `--trusted-config`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<IgnoredConfiguration>,
}

/// How a configuration was found.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ConfigurationSource {
    /// There is none.
    #[default]
    None,
    /// In the working directory, or the nearest folder above it that has one.
    Discovered,
    /// By `--config`.
    Given,
    /// By `--trusted-config`.
    Trusted,
}

/// What denies and blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WeighingInfo {
    /// The severity from which a finding denies.
    pub fail_on: Severity,
    /// Whether what is inconclusive blocks.
    pub inconclusive_blocks: bool,
}

/// A configuration that is ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IgnoredConfiguration {
    /// The file, relative to the working directory.
    pub name: String,
    /// The digest of its bytes, as `sha256:<hex>`; absent where it cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Whether it is a valid configuration.
    pub valid: bool,
    /// How many waivers it has.
    pub waivers: usize,
    /// How many entries it has that switch rules off.
    pub disabled: usize,
}

/// Which rules judge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SelectionInfo {
    /// The profile: `baseline`, `strict` or a file.
    pub profile: String,
    /// The digest of the profile's file, as `sha256:<hex>`; absent for a profile of the library.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// The profiles from which it starts, the nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extends: Vec<ExtendedProfile>,
    /// Where the profile is chosen; absent where a flag or nothing says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// How many rules judge.
    pub rules: usize,
    /// The codes of the rules that the profile or the flags leave out, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
    /// The flags that select, as `--profile strict` and `--tag image`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
}

/// A profile from which another one starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExtendedProfile {
    /// Its name, or its file.
    pub profile: String,
    /// The digest of its file, as `sha256:<hex>`; absent for a profile of the library.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

/// A parameter that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ParameterInfo {
    /// The name.
    pub name: String,
    /// The value.
    pub value: serde_json::Value,
    /// Where it is written.
    pub place: Place,
    /// The codes of the rules that read it.
    pub rules: Vec<String>,
}

/// A waiver as configured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WaiverInfo {
    /// The rule's code.
    pub rule: String,
    /// The subject, or a pattern over subjects.
    pub subject: String,
    /// Why it is accepted.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds.
    pub until: String,
    /// How many findings it covers.
    pub used: usize,
    /// Where it is written.
    pub place: Place,
    /// The globs of the files for which alone it holds; none where it holds for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
}

/// A rule that is switched off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DisabledInfo {
    /// The rule's code.
    pub rule: String,
    /// Why it is switched off.
    pub reason: String,
    /// Where that is written; absent where a flag says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The globs of the files for which alone it is switched off; none where it is for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// How many findings are left out in these files.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: usize,
}

/// A rule whose severity is not its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SeverityInfo {
    /// The rule's code.
    pub rule: String,
    /// Its own severity.
    pub was: Severity,
    /// The severity that its findings have instead.
    pub severity: Severity,
    /// Why.
    pub reason: String,
    /// Where that is written.
    pub place: Place,
    /// The globs of the files for which alone it holds; none where it holds for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
}

impl Default for WeighingInfo {
    /// What holds where nobody says otherwise.
    fn default() -> Self {
        Self { fail_on: Severity::Medium, inconclusive_blocks: true }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}
