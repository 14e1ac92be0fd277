//! Metrics of ports: connections, handshakes that failed, and the certificate.

use std::io;

use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use tracing::{debug, warn};

use super::admission::InFlight;
use crate::log::Seldom;

/// What is counted of the ports of a process.
#[derive(Debug, Clone)]
pub(crate) struct TlsMetrics {
    connections: Family<Named, Gauge>,
    handshakes: Family<Handshake, Counter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Named {
    port: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Handshake {
    port: &'static str,
    reason: HandshakeFailure,
}

/// Why a handshake failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum HandshakeFailure {
    /// It took too long.
    Timeout,
    /// The client does not accept the certificate, or gave up with another alert.
    RefusedByClient,
    /// The client's certificate is missing or not accepted.
    ClientCertificate,
    /// There is no common version or cipher, or it is no TLS.
    Protocol,
}

impl EncodeLabelValue for HandshakeFailure {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> Result<(), std::fmt::Error> {
        let name = match self {
            Self::Timeout => "timeout",
            Self::RefusedByClient => "refused_by_client",
            Self::ClientCertificate => "client_certificate",
            Self::Protocol => "protocol",
        };
        name.encode(encoder)
    }
}

impl TlsMetrics {
    /// Registers them.
    pub(crate) fn register(registry: &mut Registry) -> Self {
        let metrics = Self { connections: Family::default(), handshakes: Family::default() };
        registry.register(
            "rollgate_connections",
            "Open connections, by port",
            metrics.connections.clone(),
        );
        registry.register(
            "rollgate_tls_handshake_failures",
            "TLS handshakes that failed, by port and reason",
            metrics.handshakes.clone(),
        );
        metrics
    }

    /// Those of one port.
    pub(crate) fn of(&self, port: &'static str) -> PortMetrics {
        PortMetrics {
            port,
            connections: self.connections.get_or_create_owned(&Named { port }),
            handshakes: self.handshakes.clone(),
            logged: Seldom::default(),
        }
    }
}

/// What is counted of one port.
#[derive(Debug)]
pub(crate) struct PortMetrics {
    port: &'static str,
    connections: Gauge,
    handshakes: Family<Handshake, Counter>,
    logged: Seldom,
}

impl PortMetrics {
    /// A connection was opened; it is counted until this is dropped.
    pub(crate) fn connection(&self) -> InFlight {
        InFlight::one_of(&self.connections)
    }

    /// A handshake failed. Whoever reaches the port can cause that, so it is not logged each time.
    pub(crate) fn failed_handshake(&self, reason: HandshakeFailure, error: &io::Error) {
        self.handshakes.get_or_create(&Handshake { port: self.port, reason }).inc();
        if let Some(unsaid) = self.logged.now() {
            warn!(port = self.port, %error, unsaid, "a TLS handshake failed");
        } else {
            debug!(port = self.port, %error, "a TLS handshake failed");
        }
    }
}

/// The certificate that is served.
#[derive(Debug, Clone)]
pub(crate) struct CertificateMetrics {
    expiry: Gauge,
    reload_failed: Gauge,
}

impl CertificateMetrics {
    /// Registers them.
    pub(crate) fn register(registry: &mut Registry) -> Self {
        let metrics = Self { expiry: Gauge::default(), reload_failed: Gauge::default() };
        registry.register(
            "rollgate_cert_expiry_timestamp_seconds",
            "When the certificate that is served ends",
            metrics.expiry.clone(),
        );
        registry.register(
            "rollgate_cert_reload_failed",
            "1 while the certificate's files could not be loaded and an older one is served",
            metrics.reload_failed.clone(),
        );
        metrics
    }

    /// A certificate that ends then is served.
    pub(crate) fn serves(&self, ends: i64) {
        self.expiry.set(ends);
        self.reload_failed.set(0);
    }

    /// The files could not be loaded.
    pub(crate) fn failed(&self) {
        self.reload_failed.set(1);
    }

    /// The files are as they were when they could be loaded.
    pub(crate) fn is_well(&self) {
        self.reload_failed.set(0);
    }
}
