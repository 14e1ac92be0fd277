//! The certificates and keys of a control plane.

use std::fs;
use std::path::Path;

use rcgen::{BasicConstraints, CertificateParams, DnType, Error, IsCa, Issuer, KeyPair};

/// Writes what the API server is started with: `ca.crt`, `server.crt` and `server.key`, and
/// `accounts.key` and `accounts.pub`, which sign and verify the tokens of service accounts.
pub(super) fn write(folder: &Path) {
    make(folder).unwrap_or_else(|error| panic!("no certificates: {error}"));
}

fn make(folder: &Path) -> Result<(), Error> {
    let authority_key = KeyPair::generate()?;
    let mut authority = CertificateParams::default();
    authority.distinguished_name.push(DnType::CommonName, "rollgate-test");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let certificate = authority.self_signed(&authority_key)?;
    let issuer = Issuer::new(authority, authority_key);
    let key = KeyPair::generate()?;
    let names = ["127.0.0.1".to_owned(), "localhost".to_owned()];
    let server = CertificateParams::new(names)?.signed_by(&key, &issuer)?;
    let accounts = KeyPair::generate()?;
    let files = [
        ("ca.crt", certificate.pem()),
        ("server.crt", server.pem()),
        ("server.key", key.serialize_pem()),
        ("accounts.key", accounts.serialize_pem()),
        ("accounts.pub", accounts.public_key_pem()),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text)
            .unwrap_or_else(|error| panic!("{name} cannot be written: {error}"));
    }
    Ok(())
}
