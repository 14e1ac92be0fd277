//! The report: the one value that every renderer reads, and itself the JSON output.
//!
//! Grown only by adding; its schema is committed as `policies/report.schema.json`.

mod configured;
mod found;
mod run;

use rollgate_facts::Target;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use configured::{
    ConfigurationInfo, ConfigurationSource, DisabledInfo, ExtendedProfile, IgnoredConfiguration,
    ParameterInfo, SelectionInfo, SeverityInfo, WaiverInfo, WeighingInfo,
};
pub use found::{
    Excerpt, Finding, ImagePlace, LayerPlace, Outcome, Place, Related, Unjudged, Waived,
};
pub use run::{BaselineInfo, ChangeInfo, Counts, Input, PassedOver, RuleInfo, Tool, UpgradeInfo};

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
    /// The targets, where there are several; each subject is named with its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<String>,
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
    /// What denies and blocks.
    #[serde(default)]
    pub weighing: WeighingInfo,
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

impl Report {
    /// The JSON Schema of the report, as committed.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(Self).to_value()
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
