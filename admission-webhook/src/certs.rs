//! `rollgate-webhook certs`: a CA and a certificate, to try the webhook without anything that makes them.
//!
//! The CA's key is not written anywhere: whoever finds the folder can serve as the webhook, and no more.

use std::io;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::ToSpan as _;
use jiff::civil::Date;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

use crate::args::Certs;
use crate::judging::today;

/// The names of the webhook in a cluster, as the manifests have them, and on this machine.
const NAMES: [&str; 4] = ["rollgate-webhook.rollgate.svc", "localhost", "127.0.0.1", "::1"];

const FILES: [&str; 3] = ["ca.crt", "tls.crt", "tls.key"];

/// Why no certificate was made.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(crate) enum CertsError {
    /// Something is there already.
    #[error("`{}` is there already", path.display())]
    #[diagnostic(help("name another folder, or replace what is there with `--force`"))]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be written.
    #[error("`{}` cannot be written", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A name is none.
    #[error("no certificate can be made for these names")]
    #[diagnostic(help(
        "name hosts as `rollgate-webhook.example.svc` and addresses as `192.0.2.1`"
    ))]
    Make(#[from] rcgen::Error),
    /// The year after this one cannot be told.
    #[error("the time of the certificate cannot be told")]
    Time(#[from] jiff::Error),
}

/// The three files, as PEM.
struct Made {
    authority: String,
    certificate: String,
    key: String,
}

/// Writes the files and prints the `caBundle` of a webhook configuration.
#[expect(clippy::print_stdout, reason = "what the command is asked for")]
pub(crate) fn run(arguments: &Certs) -> miette::Result<()> {
    let bundle = write(arguments)?;
    println!("{bundle}");
    Ok(())
}

fn write(arguments: &Certs) -> Result<String, CertsError> {
    let paths = FILES.map(|name| arguments.folder.join(name));
    if !arguments.force
        && let Some(path) = paths.iter().find(|path| path.symlink_metadata().is_ok())
    {
        return Err(CertsError::Exists { path: path.clone() });
    }
    let names = NAMES.into_iter().map(str::to_owned).chain(arguments.names.iter().cloned());
    let made = make(names.collect())?;
    // The key first: without it nobody serves the new certificate.
    let [authority, certificate, key] = paths;
    for (path, text) in
        [(key, &made.key), (certificate, &made.certificate), (authority, &made.authority)]
    {
        rollgate_sources::write_private(&path, text.as_bytes())
            .map_err(|source| CertsError::Write { path, source })?;
    }
    Ok(STANDARD.encode(&made.authority))
}

fn make(names: Vec<String>) -> Result<Made, CertsError> {
    let today = today();
    let (from, until) = (today.checked_sub(1.day())?, today.checked_add(1.year())?);
    let authority_key = KeyPair::generate()?;
    let mut authority = CertificateParams::default();
    authority.distinguished_name.push(DnType::CommonName, "rollgate-webhook trial CA");
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    last(&mut authority, from, until);
    let authority_certificate = authority.self_signed(&authority_key)?;

    let key = KeyPair::generate()?;
    let mut serving = CertificateParams::new(names)?;
    serving.distinguished_name.push(DnType::CommonName, "rollgate-webhook");
    serving.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    serving.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    last(&mut serving, from, until);
    let certificate = serving.signed_by(&key, &Issuer::from_params(&authority, &authority_key))?;
    Ok(Made {
        authority: authority_certificate.pem(),
        certificate: certificate.pem(),
        key: key.serialize_pem(),
    })
}

fn last(certificate: &mut CertificateParams, from: Date, until: Date) {
    let [from, until] = [from, until].map(|date| {
        let part = |number: i8| number.unsigned_abs();
        rcgen::date_time_ymd(i32::from(date.year()), part(date.month()), part(date.day()))
    });
    (certificate.not_before, certificate.not_after) = (from, until);
}
