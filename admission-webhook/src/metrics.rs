//! Metrics.

mod audit;

pub(crate) use audit::{AuditMetrics, Output};
