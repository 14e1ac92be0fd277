//! Metrics.

mod telemetry;

pub(crate) use telemetry::{PoolLabels, TelemetryMetrics};
