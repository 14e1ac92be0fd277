//! Metrics: the registry, and its text.
//!
//! Owns names, help and labels of what Prometheus scrapes. No label has a value that a user or an
//! attacker chooses.

mod admission;
mod audit;
mod pool_labels;
mod port;
mod process;
mod telemetry;

use std::fmt;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

pub(crate) use admission::{AdmissionMetrics, Unanswered};
pub(crate) use audit::{AuditMetrics, Output};
use pool_labels::PoolLabels;
pub(crate) use port::{CertificateMetrics, HandshakeFailure, PortMetrics, TlsMetrics};
pub(crate) use telemetry::TelemetryMetrics;

/// The media type of [`text`].
pub(crate) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The text of all metrics.
pub(crate) fn text(registry: &Registry) -> Result<String, fmt::Error> {
    let mut text = String::new();
    encode(&mut text, registry)?;
    Ok(text)
}

/// A registry that has what every process tells of itself.
pub(crate) fn registry() -> Registry {
    let mut registry = Registry::default();
    let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
    registry.register("rollgate_build", "The version of rollgate-webhook", build);
    process::register(&mut registry);
    registry
}

/// Which policies judge, and whether they could be reloaded.
#[derive(Debug, Clone)]
pub(crate) struct PolicyMetrics {
    info: Family<Policy, Gauge>,
    reload_failed: Gauge,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Policy {
    digest: String,
}

impl PolicyMetrics {
    /// Registers them.
    pub(crate) fn register(registry: &mut Registry) -> Self {
        let (info, reload_failed) = (Family::default(), Gauge::default());
        registry.register(
            "rollgate_policy_info",
            "The digest of the policies that judge",
            Family::clone(&info),
        );
        registry.register(
            "rollgate_policy_reload_failed",
            "1 while the configured policies could not be loaded and older ones judge",
            Gauge::clone(&reload_failed),
        );
        Self { info, reload_failed }
    }

    /// These policies judge from now on.
    pub(crate) fn loaded(&self, digest: &str) {
        self.info.clear();
        self.info.get_or_create(&Policy { digest: digest.to_owned() }).set(1);
        self.reload_failed.set(0);
    }

    /// The configured policies could not be loaded.
    pub(crate) fn failed(&self) {
        self.reload_failed.set(1);
    }
}
