//! A certificate and its key, from files to what rustls serves.
//!
//! Checked as the API server will: the key belongs to the certificate, it is valid now, and it
//! names whom it is for in its subject alternative names, as Go takes no common name for that.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rollgate_engine::Limits;
use rollgate_sources::SourceError;
use rustls::InconsistentKeys;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::X509Certificate;

/// The files' names in a secret of the type `kubernetes.io/tls`.
const CERTIFICATE: &str = "tls.crt";
const KEY: &str = "tls.key";

/// Seconds before its end from which on a certificate is said to end. Whoever renews certificates
/// does so weeks ahead, so nobody is going to renew this one.
const SOON: i64 = 24 * 60 * 60;

/// A certificate with its chain and key.
#[derive(Debug)]
pub(crate) struct Pair {
    /// What rustls serves.
    pub(crate) key: Arc<CertifiedKey>,
    /// When it ends, in seconds of Unix time.
    pub(crate) ends: i64,
}

/// The contents of the two files.
#[derive(PartialEq, Eq)]
pub(crate) struct PairBytes {
    certificate: Vec<u8>,
    key: Vec<u8>,
}

/// Why a pair cannot be served.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(crate) enum PairError {
    /// A file cannot be read.
    #[error("the certificate cannot be read")]
    #[diagnostic(help(
        "name a folder with `tls.crt` and `tls.key` in `--tls-dir`; \
         `rollgate-webhook certs DIR` makes a pair to try it with"
    ))]
    Unread(#[from] SourceError),
    /// A file is not what it should be.
    #[error("`{}` holds no {what} in PEM", path.display())]
    #[diagnostic(help("write it as PEM, the key without a password"))]
    NoPem {
        /// The file.
        path: PathBuf,
        /// What should be there.
        what: &'static str,
    },
    /// The certificate cannot be parsed.
    #[error("the certificate in `{}` cannot be parsed", path.display())]
    #[diagnostic(help("`openssl x509 -in tls.crt -text` shows what is wrong with it"))]
    Unparsed {
        /// The file.
        path: PathBuf,
    },
    /// The key belongs to another certificate.
    #[error("the key in `{}` is not that of the certificate in `{CERTIFICATE}`", path.display())]
    #[diagnostic(help("put the key beside the certificate that was made for it"))]
    Mismatch {
        /// The key's file.
        path: PathBuf,
    },
    /// The key is of a kind that TLS cannot use.
    #[error("the key in `{}` cannot be used", path.display())]
    #[diagnostic(help("use an ECDSA (P-256, P-384), Ed25519 or RSA key of at least 2048 bits"))]
    Key {
        /// The key's file.
        path: PathBuf,
        /// What rustls says.
        #[source]
        source: rustls::Error,
    },
    /// The certificate is not valid now.
    #[error("the certificate in `{}` is valid from {from} to {until}, not now", path.display())]
    #[diagnostic(help(
        "renew it: the service CA and cert-manager do when the secret is deleted, \
         `rollgate-webhook certs --force DIR` does for one of its own"
    ))]
    NotNow {
        /// The certificate's file.
        path: PathBuf,
        /// When it begins.
        from: Timestamp,
        /// When it ends.
        until: Timestamp,
    },
    /// The certificate names nobody in its subject alternative names.
    #[error("the certificate in `{}` has no subject alternative name", path.display())]
    #[diagnostic(help(
        "have one made for the DNS name `<service>.<namespace>.svc`; \
         the API server takes no common name for it"
    ))]
    NoName {
        /// The certificate's file.
        path: PathBuf,
    },
}

impl PairBytes {
    /// Reads both files.
    pub(crate) fn read(folder: &Path) -> Result<Self, PairError> {
        let read = |name| rollgate_sources::read_file(&Limits::default(), &folder.join(name));
        let (certificate, key) = (read(CERTIFICATE)?, read(KEY)?);
        Ok(Self { certificate: certificate.bytes().to_vec(), key: key.bytes().to_vec() })
    }
}

impl Pair {
    /// Reads and checks the pair of a folder.
    pub(crate) fn read(folder: &Path) -> Result<(Self, PairBytes), PairError> {
        let bytes = PairBytes::read(folder)?;
        Ok((Self::new(folder, &bytes)?, bytes))
    }

    /// Checks a pair that was read from this folder.
    pub(crate) fn new(folder: &Path, bytes: &PairBytes) -> Result<Self, PairError> {
        let (path, key_path) = (folder.join(CERTIFICATE), folder.join(KEY));
        let no_pem = |path: &Path, what| PairError::NoPem { path: path.to_owned(), what };
        let chain: Vec<_> = CertificateDer::pem_slice_iter(&bytes.certificate)
            .collect::<Result<_, _>>()
            .map_err(|_| no_pem(&path, "certificate"))?;
        let first = chain.first().ok_or_else(|| no_pem(&path, "certificate"))?;
        let key = PrivateKeyDer::from_pem_slice(&bytes.key)
            .map_err(|_| no_pem(&key_path, "private key"))?;
        let ends = check(&path, first)?;
        let key = CertifiedKey::from_der(chain, key, &super::provider()).map_err(|source| {
            let path = key_path;
            match source {
                rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
                    PairError::Mismatch { path }
                }
                source => PairError::Key { path, source },
            }
        })?;
        Ok(Self { key: Arc::new(key), ends })
    }

    /// What there is to say where it has ended or is about to.
    pub(crate) fn ends_soon(&self) -> Result<(), String> {
        let left = self.ends - Timestamp::now().as_second();
        match left {
            ..0 => Err("it has expired, and the API server refuses it".to_owned()),
            _ if left < SOON => Err("it expires within a day".to_owned()),
            _ => Ok(()),
        }
    }
}

/// Checks when and for whom a certificate is valid, and tells when it ends.
fn check(path: &Path, certificate: &CertificateDer<'_>) -> Result<i64, PairError> {
    let path = || path.to_owned();
    let unparsed = || PairError::Unparsed { path: path() };
    let (_, certificate) =
        x509_parser::parse_x509_certificate(certificate).map_err(|_| unparsed())?;
    let validity = certificate.validity();
    let (begins, ends) = (validity.not_before.timestamp(), validity.not_after.timestamp());
    let now = Timestamp::now().as_second();
    if now < begins || ends < now {
        let time = |seconds| Timestamp::from_second(seconds).map_err(|_| unparsed());
        return Err(PairError::NotNow { path: path(), from: time(begins)?, until: time(ends)? });
    }
    if !names_somebody(&certificate) {
        return Err(PairError::NoName { path: path() });
    }
    Ok(ends)
}

fn names_somebody(certificate: &X509Certificate<'_>) -> bool {
    let Ok(Some(names)) = certificate.subject_alternative_name() else { return false };
    let mut names = names.value.general_names.iter();
    names.any(|name| matches!(name, GeneralName::DNSName(_) | GeneralName::IPAddress(_)))
}
