//! What answers a review: the border between the server, which knows HTTP, and the decision.

pub(crate) mod answer;
mod field;
pub(crate) mod wire;

use std::time::Instant;

/// Answers admission reviews.
pub(crate) trait Reviewer: Send + Sync + 'static {
    /// Judges the body of a review. It takes milliseconds of computing, and is to be called where
    /// that holds nobody up. What is not done by the deadline is answered as not decided. The decision
    /// has an id, under which the log has it.
    fn review(&self, decision: &str, body: &[u8], deadline: Instant) -> Answer;

    /// Why reviews cannot be answered yet, if so.
    fn not_ready(&self) -> Option<String>;
}

/// The answer to one review.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// An AdmissionReview, as JSON.
    Review {
        /// The body.
        body: Vec<u8>,
        /// What is counted.
        counted: Counted,
    },
    /// A body that is none; the API server takes an HTTP error for a failed call.
    Malformed {
        /// What is wrong with it.
        reason: String,
    },
}

/// What is counted of an answered review. The values are few: none is a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counted {
    /// `CREATE`, `UPDATE` or `DELETE`.
    pub(crate) operation: &'static str,
    /// The resource, as `machineconfigs`.
    pub(crate) resource: &'static str,
    /// `allowed`, `denied` or `error`.
    pub(crate) decision: &'static str,
    /// The strictest mode that applied: `enforce`, `warn` or `report`.
    pub(crate) mode: &'static str,
    /// Whether the request asked for no more than the answer.
    pub(crate) dry_run: bool,
    /// The findings: rule, severity and mode of each.
    pub(crate) hits: Vec<Hit>,
}

/// A finding, as counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The rule's code.
    pub(crate) rule: String,
    /// Its severity.
    pub(crate) severity: &'static str,
    /// The mode in which it judged.
    pub(crate) mode: &'static str,
}
