//! TLS: which certificate, which versions and ciphers, and who may connect.
//!
//! Owns rustls' configuration. All of it can change while connections are open: a new one takes what is
//! there when it begins. Must not know what is served.

pub(crate) mod clients;
pub(crate) mod pair;
pub(crate) mod profile;
mod reload;

use std::io;
use std::sync::Arc;

use arc_swap::ArcSwap;
use rustls::crypto::CryptoProvider;
use rustls::server::{ClientHello, NoServerSessionStorage, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{AlertDescription, ServerConfig};
use tokio_rustls::TlsAcceptor;

pub(crate) use clients::Clients;
pub(crate) use pair::Pair;
pub(crate) use profile::Profile;
pub(crate) use reload::{ClientFiles, Files, keep_up};

use crate::metrics::HandshakeFailure;

/// The API server calls a service over HTTP/1.1 only (kubernetes issue 75791); so does Prometheus when asked.
const HTTP: &[u8] = b"http/1.1";

/// The certificate that is served, by every port.
#[derive(Debug)]
pub(crate) struct Serving(ArcSwap<CertifiedKey>);

impl Serving {
    pub(crate) fn new(pair: &Pair) -> Arc<Self> {
        Arc::new(Self(ArcSwap::new(Arc::clone(&pair.key))))
    }

    /// Serves this one from the next handshake on.
    pub(crate) fn replace(&self, pair: &Pair) {
        self.0.store(Arc::clone(&pair.key));
    }
}

impl ResolvesServerCert for Serving {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.load_full())
    }
}

/// The TLS of one port.
#[derive(Debug)]
pub(crate) struct Tls {
    serving: Arc<Serving>,
    config: ArcSwap<ServerConfig>,
}

impl Tls {
    /// TLS with this certificate; where clients are named, only these may connect.
    pub(crate) fn new(
        serving: Arc<Serving>,
        profile: &Profile,
        clients: Option<&Clients>,
    ) -> Result<Self, rustls::Error> {
        let config = configure(&serving, profile, clients)?;
        Ok(Self { serving, config: ArcSwap::from_pointee(config) })
    }

    /// Handshakes from the next one on go by this.
    pub(crate) fn change(
        &self,
        profile: &Profile,
        clients: Option<&Clients>,
    ) -> Result<(), rustls::Error> {
        self.config.store(Arc::new(configure(&self.serving, profile, clients)?));
        Ok(())
    }

    /// What accepts the next connection.
    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(self.config.load_full())
    }
}

fn configure(
    serving: &Arc<Serving>,
    profile: &Profile,
    clients: Option<&Clients>,
) -> Result<ServerConfig, rustls::Error> {
    let provider = CryptoProvider { cipher_suites: profile.suites(), ..provider() };
    let builder = ServerConfig::builder_with_provider(Arc::new(provider))
        .with_protocol_versions(profile.versions())?;
    let builder = match clients {
        Some(clients) => builder.with_client_cert_verifier(clients.verifier()),
        None => builder.with_no_client_auth(),
    };
    let resolver: Arc<dyn ResolvesServerCert> = Arc::<Serving>::clone(serving);
    let mut config = builder.with_cert_resolver(resolver);
    config.alpn_protocols = vec![HTTP.to_vec()];
    // Sessions are not resumed: connections live long, and a client's certificate is judged each time.
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    Ok(config)
}

/// The one crypto backend.
pub(crate) fn provider() -> CryptoProvider {
    rustls::crypto::aws_lc_rs::default_provider()
}

/// Why a handshake failed; nothing where the client just went away, as probes do.
pub(crate) fn handshake_failure(error: &io::Error) -> Option<HandshakeFailure> {
    match error.get_ref()?.downcast_ref::<rustls::Error>()? {
        rustls::Error::AlertReceived(AlertDescription::CloseNotify) => None,
        rustls::Error::AlertReceived(_) => Some(HandshakeFailure::RefusedByClient),
        rustls::Error::NoCertificatesPresented | rustls::Error::InvalidCertificate(_) => {
            Some(HandshakeFailure::ClientCertificate)
        }
        _ => Some(HandshakeFailure::Protocol),
    }
}
