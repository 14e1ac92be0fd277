//! Reports: outcomes, rendered for people and machines.
//!
//! Owns the report type and its renderers. Must not look anything up: places come in resolved,
//! cropped and masked.

mod configured;
mod diagnostic;
mod diff;
mod github;
mod human;
mod json;
mod junit;
pub(crate) mod markdown;
mod model;
mod policy_report;
mod read;
mod repository;
mod sarif;
mod scope;
mod snippet;
mod summary;
pub(crate) mod wording;

pub use diagnostic::Diagnostic;
pub use diff::{DIFF_VERSION, Diff, diff_human, diff_markdown};
pub use github::github;
pub use human::{HumanOptions, Verbosity, human};
pub use json::json;
pub use junit::junit;
pub use markdown::markdown;
pub use model::{
    BaselineInfo, ChangeInfo, ConfigurationInfo, ConfigurationSource, Counts, DisabledInfo,
    Excerpt, ExtendedProfile, Finding, IgnoredConfiguration, ImagePlace, Input, LayerPlace, Level,
    Outcome, ParameterInfo, PassedOver, Place, REPORT_VERSION, Related, Report, RuleInfo,
    SelectionInfo, Severity, SeverityInfo, Status, Tool, Unjudged, UpgradeInfo, Verdict, Waived,
    WaiverInfo, WeighingInfo,
};
pub use policy_report::{
    POLICY_REPORT_API_VERSION, POLICY_REPORT_KIND, POLICY_REPORT_LABEL, policy_reports,
};
pub use read::{ReadReportError, read};
pub use repository::Repository;
pub use sarif::sarif;
pub use wording::clean;
