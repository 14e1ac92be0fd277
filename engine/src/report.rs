//! Reports: outcomes, rendered for people and machines.
//!
//! Owns the report type and its renderers. Must not look anything up: places come in resolved,
//! cropped and masked.

mod diagnostic;
mod human;
mod json;
mod model;
mod sarif;
mod snippet;
mod wording;

pub use diagnostic::Diagnostic;
pub use human::{HumanOptions, Verbosity, human};
pub use json::json;
pub use model::{
    Counts, DisabledInfo, Excerpt, Finding, Input, Level, Outcome, PassedOver, Place,
    REPORT_VERSION, Related, Report, RuleInfo, Severity, Status, Tool, Unjudged, Verdict, Waived,
    WaiverInfo,
};
pub use sarif::sarif;
pub use wording::clean;
