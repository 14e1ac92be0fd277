//! Certificates as a test needs them: good ones, and ones that are wrong in one way.

#![expect(
    clippy::disallowed_methods,
    clippy::missing_panics_doc,
    reason = "a fixture writes files, and what cannot be built stops its test"
)]

use std::fs;
use std::path::Path;

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, date_time_ymd,
};

/// A CA.
#[derive(Debug)]
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Its certificate, as PEM.
    pub pem: String,
}

/// What a certificate is to be.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// Its common name.
    pub common_name: &'a str,
    /// DNS names and addresses.
    pub names: &'a [&'a str],
    /// The last year in which it is valid.
    pub until: i32,
}

/// A certificate and its key, as PEM.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// The certificate.
    pub certificate: String,
    /// Its key.
    pub key: String,
}

/// A certificate for this machine, valid for long.
pub const GOOD: Wanted<'_> =
    Wanted { common_name: "rollgate-webhook", names: &["localhost", "127.0.0.1"], until: 2099 };

impl Authority {
    /// A CA of its own.
    pub fn new() -> Self {
        let key = KeyPair::generate().unwrap_or_else(|error| panic!("{error}"));
        let mut authority = params("test CA", &[], 2099);
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = authority.self_signed(&key).unwrap_or_else(|error| panic!("{error}"));
        Self { pem: certificate.pem(), issuer: Issuer::new(authority, key) }
    }

    /// A certificate that it signs.
    pub fn sign(&self, wanted: &Wanted<'_>) -> Certificate {
        let key = KeyPair::generate().unwrap_or_else(|error| panic!("{error}"));
        let mut signed = params(wanted.common_name, wanted.names, wanted.until);
        signed.extended_key_usages =
            vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
        let certificate =
            signed.signed_by(&key, &self.issuer).unwrap_or_else(|error| panic!("{error}"));
        Certificate { certificate: certificate.pem(), key: key.serialize_pem() }
    }
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}

impl Certificate {
    /// Writes `tls.crt` and `tls.key`.
    pub fn write(&self, folder: &Path) {
        for (name, text) in [("tls.crt", &self.certificate), ("tls.key", &self.key)] {
            let path = folder.join(name);
            fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }
}

fn params(common_name: &str, names: &[&str], until: i32) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let mut params = CertificateParams::new(names).unwrap_or_else(|error| panic!("{error}"));
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, common_name);
    (params.not_before, params.not_after) =
        (date_time_ymd(2000, 1, 1), date_time_ymd(until, 12, 31));
    params
}
