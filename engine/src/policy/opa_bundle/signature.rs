//! `.signatures.json`: a JSON Web Token whose payload lists every file with its digest.
//!
//! Owns its structure and the digests; a key says whether the signature is its own. Nothing of a
//! bundle is read before it is known to be what was signed.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::key::SignatureFault;
use super::{
    BundleFile, BundleTrust, MANIFEST, SIGNATURES, VerificationKey, is_bundle_data, malformed,
    refused,
};
use crate::Digest;
use crate::policy::error::{LoadError, LoadErrors};

/// `.signatures.json`
#[derive(Deserialize)]
struct Signatures {
    signatures: Vec<String>,
}

/// A token, taken apart.
struct Token<'t> {
    algorithm: String,
    /// What is signed: the header and the payload as they are written.
    message: &'t str,
    signature: Vec<u8>,
    payload: Payload,
}

/// The header of a token.
#[derive(Deserialize)]
struct Header {
    alg: String,
}

/// The payload of a token.
#[derive(Deserialize)]
struct Payload {
    files: Vec<SignedFile>,
    scope: Option<String>,
}

/// A file as it was signed.
#[derive(Deserialize)]
struct SignedFile {
    name: String,
    hash: String,
    #[serde(default)]
    algorithm: Option<String>,
}

/// Checks that a bundle is signed by whom it has to be, that every file is listed, and that each is
/// what was signed.
pub(super) fn check(
    name: &str,
    files: &[BundleFile],
    trust: &BundleTrust,
) -> Result<(), LoadErrors> {
    let Some(file) = files.iter().find(|file| file.path == SIGNATURES) else {
        return match trust {
            BundleTrust::SignedBy(_) => {
                let help = "sign it with `opa sign --signing-key … --bundle .`, or do not ask for \
                            signatures with `--bundle-verification-key`";
                Err(refused(name, SIGNATURES, "is not there: nobody signed it", help).into())
            }
            BundleTrust::Unsigned | BundleTrust::Anybody => Ok(()),
        };
    };
    let token = token_text(name, file)?;
    let token = Token::of(&token).map_err(|fault| refused(name, SIGNATURES, fault, REMAKE))?;
    match trust {
        BundleTrust::Unsigned => {
            let help = "give the signer's public key with `--bundle-verification-key`, or load it \
                        whoever signed with `--skip-bundle-verification`";
            let fault = "is a signature, and no key was given to check it by";
            return Err(refused(name, SIGNATURES, fault, help).into());
        }
        BundleTrust::SignedBy(key) => token.check(name, key)?,
        BundleTrust::Anybody => {}
    }
    check_files(name, files, token.payload.files)
}

const REMAKE: &str = "do not trust this bundle before whoever signed it has made it anew";

/// The one token of the file.
fn token_text(name: &str, file: &BundleFile) -> Result<String, LoadError> {
    let signatures: Signatures =
        serde_json::from_slice(file.artifact.bytes()).map_err(|error| {
            let help = "`opa sign` writes `{\"signatures\": [\"<token>\"]}`";
            malformed(name, SIGNATURES, &error, help)
        })?;
    let mut tokens = signatures.signatures.into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(token), None) => Ok(token),
        _ => Err(refused(name, SIGNATURES, "has not exactly one signature", REMAKE)),
    }
}

impl<'t> Token<'t> {
    /// Takes the compact form of a token apart (RFC 7515 section 7.1).
    fn of(text: &'t str) -> Result<Self, &'static str> {
        let no_token = "has a signature that is no JSON Web Token";
        let (message, signature) = text.rsplit_once('.').ok_or(no_token)?;
        let (header, payload) = message.split_once('.').ok_or(no_token)?;
        let header: Header = decoded(header).ok_or("has a header that cannot be read")?;
        if header.alg.eq_ignore_ascii_case("none") || signature.is_empty() {
            return Err("is not signed at all");
        }
        let payload = decoded(payload).ok_or("has a payload without a list of `files`")?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| no_token)?;
        Ok(Self { algorithm: header.alg, message, signature, payload })
    }

    /// Checks that the owner of the key signed it, for what the key is meant for.
    fn check(&self, name: &str, key: &VerificationKey) -> Result<(), LoadError> {
        let fault = |fault: &str, help: &str| Err(refused(name, SIGNATURES, fault, help));
        match key.check(&self.algorithm, self.message.as_bytes(), &self.signature) {
            Ok(()) => {}
            Err(SignatureFault::Algorithm) => {
                let known: Vec<_> = key.algorithms().collect();
                let message =
                    format!("is signed with {}, which is not of the key given", self.algorithm);
                return fault(&message, &format!("the key checks {}", known.join(", ")));
            }
            Err(SignatureFault::Signature) => {
                let help = "check that the key is the signer's; if it is, do not trust this bundle";
                return fault("is not signed by the owner of the key given", help);
            }
        }
        match (&self.payload.scope, &key.scope) {
            (signed, wanted) if signed == wanted => Ok(()),
            (Some(signed), _) => fault(
                &format!("is signed for the scope `{signed}`"),
                "give `--bundle-scope` where bundles of that scope are wanted here",
            ),
            (None, wanted) => {
                let wanted = wanted.as_deref().unwrap_or_default();
                fault(
                    &format!("is signed for no scope, and `{wanted}` is asked for"),
                    "sign it with a `scope` in `--claims-file`, or leave out `--bundle-scope`",
                )
            }
        }
    }
}

fn decoded<T: DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

/// Checks that the files are those that are listed.
fn check_files(
    name: &str,
    files: &[BundleFile],
    listed: Vec<SignedFile>,
) -> Result<(), LoadErrors> {
    let present: BTreeSet<_> = files.iter().map(|file| file.path.as_str()).collect();
    let folder = folder_of(&present, &listed);
    let inside = |path: &str| path.strip_prefix(&folder).unwrap_or(path).to_owned();
    let listed: BTreeMap<_, _> =
        listed.into_iter().map(|file| (inside(&file.name), file)).collect();
    let is_signed = files.iter().filter(|file| file.path != SIGNATURES);
    let mut errors: Vec<_> = is_signed.filter_map(|file| differs(name, file, &listed)).collect();
    let gone = listed.keys().filter(|path| !present.contains(path.as_str()));
    errors.extend(gone.map(|path| {
        refused(name, SIGNATURES, &format!("lists `{path}`, which is not there"), REMAKE)
    }));
    LoadErrors::result(errors)
}

/// The folder that all listed files lie in: `opa sign --bundle a/b` lists `a/b/.manifest`, by the
/// path that it was given, and `opa build` lists `.manifest`.
fn folder_of(present: &BTreeSet<&str>, listed: &[SignedFile]) -> String {
    let Some(first) = listed.first() else { return String::new() };
    let ends = first.name.match_indices('/').map(|(slash, _)| first.name.get(..=slash));
    let folders = std::iter::once("").chain(ends.flatten());
    let mut folders = folders.filter(|folder| {
        let mut inside = listed.iter().map(|file| file.name.strip_prefix(folder));
        inside.clone().all(|path| path.is_some())
            && inside.any(|path| path.is_some_and(|path| present.contains(path)))
    });
    folders.next().unwrap_or_default().to_owned()
}

/// How a file differs from what was signed.
fn differs(
    name: &str,
    file: &BundleFile,
    listed: &BTreeMap<String, SignedFile>,
) -> Option<LoadError> {
    let fault = |fault: &str| Some(refused(name, &file.path, fault, REMAKE));
    let Some(signed) = listed.get(&file.path) else {
        return fault("is not among the files that were signed");
    };
    let algorithm = signed.algorithm.as_deref().unwrap_or("SHA-256");
    if algorithm != "SHA-256" {
        let help = "sign it with OPA's default, SHA-256";
        return Some(refused(name, &file.path, &format!("is signed by its {algorithm}"), help));
    }
    match digest(file) {
        Some(digest) if digest.hex() == signed.hash => None,
        Some(_) => fault("is not what was signed: its digest is another"),
        None => fault("cannot be read, so that its digest is not known"),
    }
}

/// The digest as OPA makes it: of data and manifests that of the value, with sorted keys and
/// without spaces; of everything else that of the bytes.
fn digest(file: &BundleFile) -> Option<Digest> {
    let bytes = file.artifact.bytes();
    if file.path != MANIFEST && !is_bundle_data(&file.path) {
        return Some(Digest::of(bytes));
    }
    let value: Value = serde_yaml::from_slice(bytes).ok()?;
    Some(Digest::of(canonical(&value).as_bytes()))
}

fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let sorted: BTreeMap<_, _> = members.iter().collect();
            let member = |(key, value): (&String, &Value)| {
                format!("{}:{}", Value::from(key.as_str()), canonical(value))
            };
            format!("{{{}}}", sorted.into_iter().map(member).collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => {
            format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}
