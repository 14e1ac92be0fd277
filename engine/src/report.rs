//! Reports: outcomes, rendered for people and machines.
//!
//! Owns the report type and its renderers. Must not look anything up: places come in resolved,
//! cropped and masked.

mod model;

pub use model::{
    Counts, Excerpt, Finding, Input, Level, Outcome, PassedOver, Place, Related, Report, RuleInfo,
    Severity, Status, Tool, Unjudged, Verdict, Waived, WaiverInfo,
};
