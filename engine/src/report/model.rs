//! The report: the one value that every renderer reads, and itself the JSON output.
//!
//! Grown only by adding; its schema is committed as `policies/report.schema.json`.

use rollgate_facts::{Locator, Target};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the report's schema that this build writes.
pub const REPORT_VERSION: &str = "1";

/// Everything that one run found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// The version of this schema, [`REPORT_VERSION`].
    pub version: String,
    /// The verdict over everything.
    pub verdict: Verdict,
    /// How many outcomes and findings there are of each status.
    pub counts: Counts,
    /// What judged.
    pub tool: Tool,
    /// The date for which was judged, as `2026-11-21`; waivers and `effective_on` go by it.
    pub date: String,
    /// What the change is meant for.
    pub target: Target,
    /// The upgrade that was asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upgrade: Option<UpgradeInfo>,
    /// What findings were compared with, so that only new ones deny.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<BaselineInfo>,
    /// The change to which the findings are limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeInfo>,
    /// What was read, in the order given.
    pub inputs: Vec<Input>,
    /// Objects of kinds that rollgate does not judge.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed_over: Vec<PassedOver>,
    /// The rules that had a subject, sorted by code.
    pub rules: Vec<RuleInfo>,
    /// One outcome for each rule and subject, sorted by rule and subject.
    pub outcomes: Vec<Outcome>,
    /// What the rules found, sorted by place; a finding that several subjects share stands once.
    pub findings: Vec<Finding>,
    /// What could not be judged at all: unreadable inputs and documents, limits reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unjudged: Vec<Unjudged>,
    /// Every waiver in force or not, with its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<WaiverInfo>,
    /// Every rule that is switched off, with its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disabled: Vec<DisabledInfo>,
    /// Every rule whose severity is not its own, with the place that says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub severities: Vec<SeverityInfo>,
    /// The parameters that were given, sorted by name; the others have their defaults.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<ParameterInfo>,
    /// Which rules judge; absent where all of them do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<SelectionInfo>,
    /// Which configuration applies, and how it was found.
    #[serde(default)]
    pub configuration: ConfigurationInfo,
}

/// The verdict of a run.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing speaks against the change.
    Pass,
    /// Something could not be decided, and that blocks.
    Inconclusive,
    /// A finding at or above `--fail-on`.
    Denied,
}

/// How serious a finding is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Low,
    /// Likely to hurt.
    Medium,
    /// Degrades a pool or weakens its nodes.
    High,
    /// Bricks nodes or opens them.
    Critical,
}

/// What a rule said of one subject.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Evaluated, nothing found.
    Pass,
    /// The rule does not apply, for the reason given.
    NotApplicable,
    /// All of its findings are waived.
    Waived,
    /// All of its findings that are not waived are known by the baseline.
    Known,
    /// All of its findings are left out: they stand outside the change, and were there before it.
    Unchanged,
    /// Found something below `--fail-on`, or before the rule's `effective_on`.
    Warn,
    /// Could not be evaluated, for the reason given.
    Inconclusive,
    /// Found something at or above `--fail-on`.
    Fail,
}

/// What a finding does to the verdict.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Nothing: a waiver covers it.
    Waived,
    /// Nothing: the baseline knows it.
    Known,
    /// Nothing: it is below `--fail-on`, or its rule is not yet in effect.
    Warn,
    /// Denies.
    Deny,
}

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

/// Which rules judge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SelectionInfo {
    /// The profile: `baseline`, `strict` or a file.
    pub profile: String,
    /// The digest of the profile's file, as `sha256:<hex>`; absent for a profile of the library.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Report {
    /// The JSON Schema of the report, as committed.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(Self).to_value()
    }
}

impl std::fmt::Display for Place {
    /// `99-worker.yaml:8:7`
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}:{}:{}", self.name, self.line, self.column)
    }
}

macro_rules! names {
    ($type:ident { $($variant:ident => $name:literal),+ $(,)? }) => {
        impl $type {
            /// The name, as JSON and people write it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.name())
            }
        }
    };
}

names!(ConfigurationSource {
    None => "none",
    Discovered => "discovered",
    Given => "given",
    Trusted => "trusted",
});
names!(Verdict { Pass => "pass", Inconclusive => "inconclusive", Denied => "denied" });
names!(Severity { Low => "low", Medium => "medium", High => "high", Critical => "critical" });
names!(Level { Waived => "waived", Known => "known", Warn => "warn", Deny => "deny" });
names!(Status {
    Pass => "pass",
    NotApplicable => "not_applicable",
    Waived => "waived",
    Known => "known",
    Unchanged => "unchanged",
    Warn => "warn",
    Inconclusive => "inconclusive",
    Fail => "fail",
});
