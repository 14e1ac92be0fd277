//! Which clients may connect: those with a certificate of one CA and one of a few common names.
//!
//! OpenShift's Prometheus shows a certificate of the cluster's client CA, as many others have, so its name
//! is compared too (openshift/enhancements `CONVENTIONS.md`, metrics).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rollgate_engine::Limits;
use rollgate_sources::SourceError;
use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, RootCertStore,
    SignatureScheme,
};

/// The clients that may connect.
#[derive(Debug, Clone)]
pub(crate) struct Clients(Arc<Named>);

/// Why clients cannot be verified.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(crate) enum ClientsError {
    /// The CA's file cannot be read.
    #[error("the CA of clients cannot be read")]
    #[diagnostic(help(
        "name a file with it in `--metrics-client-ca`; OpenShift has it in the ConfigMap \
         `extension-apiserver-authentication` of `kube-system`, key `client-ca-file`"
    ))]
    Unread(#[from] SourceError),
    /// It holds no certificate.
    #[error("`{}` holds no CA certificate in PEM", path.display())]
    #[diagnostic(help("write the CA's certificates one after another, as PEM"))]
    NoCertificate {
        /// The file.
        path: PathBuf,
    },
}

impl Clients {
    /// Clients with these names whose certificate is of a CA in this file; and its bytes.
    pub(crate) fn read(path: &Path, names: &[String]) -> Result<(Self, Vec<u8>), ClientsError> {
        let file = rollgate_sources::read_file(&Limits::default(), path)?;
        let clients = Self::new(file.bytes(), names)
            .ok_or_else(|| ClientsError::NoCertificate { path: path.to_owned() })?;
        Ok((clients, file.bytes().to_vec()))
    }

    fn new(authorities: &[u8], names: &[String]) -> Option<Self> {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(authorities) {
            roots.add(certificate.ok()?).ok()?;
        }
        let provider = Arc::new(super::provider());
        let chain =
            WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build().ok()?;
        Some(Self(Arc::new(Named { chain, names: names.to_vec() })))
    }

    pub(super) fn verifier(&self) -> Arc<dyn ClientCertVerifier> {
        Arc::<Named>::clone(&self.0)
    }
}

/// A verifier of chains, and then of names.
#[derive(Debug)]
struct Named {
    chain: Arc<dyn ClientCertVerifier>,
    names: Vec<String>,
}

impl Named {
    fn is_named(&self, certificate: &CertificateDer<'_>) -> bool {
        let Ok((_, certificate)) = x509_parser::parse_x509_certificate(certificate) else {
            return false;
        };
        let mut names = certificate.subject().iter_common_name();
        // Of several it would be unclear which counts.
        let (Some(name), None) = (names.next(), names.next()) else { return false };
        name.as_str().is_ok_and(|name| self.names.iter().any(|allowed| allowed == name))
    }
}

impl ClientCertVerifier for Named {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.chain.root_hint_subjects()
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        let verified = self.chain.verify_client_cert(end_entity, intermediates, now)?;
        if self.is_named(end_entity) {
            return Ok(verified);
        }
        Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.chain.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.chain.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.chain.supported_verify_schemes()
    }
}
