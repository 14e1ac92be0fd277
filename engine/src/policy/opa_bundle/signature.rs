//! `.signatures.json`: a JSON Web Token whose payload lists every file with its digest.
//!
//! Owns its structure and the digests. Whose key made the signature is not checked here, which is
//! why a signed bundle loads only where the user says that this does not matter.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{BundleFile, BundleTrust, MANIFEST, SIGNATURES, is_bundle_data, refused};
use crate::Digest;
use crate::policy::error::{LoadError, LoadErrors, PolicyPlace};

/// `.signatures.json`
#[derive(Deserialize)]
struct Signatures {
    signatures: Vec<String>,
}

/// The payload of a token.
#[derive(Deserialize)]
struct Payload {
    files: Vec<SignedFile>,
}

/// A file as it was signed.
#[derive(Deserialize)]
struct SignedFile {
    name: String,
    hash: String,
    #[serde(default)]
    algorithm: Option<String>,
}

/// The header of a token.
#[derive(Deserialize)]
struct Header {
    alg: String,
}

/// Checks that every file is listed, and is what was signed.
pub(super) fn check(
    name: &str,
    file: &BundleFile,
    files: &[BundleFile],
    trust: BundleTrust,
) -> Result<(), LoadErrors> {
    let listed = listed(name, file)?;
    if trust == BundleTrust::Signed {
        let help = "check it with `opa build --bundle --verification-key …`, and give \
                    `--skip-bundle-verification`; the digests of its files are checked anyway";
        let fault = "is a signature, and no key is known here by which to check it";
        return Err(refused(name, SIGNATURES, fault, help).into());
    }
    let present = files.iter().filter(|file| file.path != SIGNATURES);
    let mut errors: Vec<_> = present.filter_map(|file| differs(name, file, &listed)).collect();
    let gone = listed.keys().filter(|path| !files.iter().any(|file| file.path == **path));
    errors.extend(gone.map(|path| {
        refused(name, SIGNATURES, &format!("lists `{path}`, which is not there"), REMAKE)
    }));
    LoadErrors::result(errors)
}

const REMAKE: &str = "do not trust this bundle before whoever signed it has made it anew";

/// The files that the signature lists, by path.
fn listed(name: &str, file: &BundleFile) -> Result<BTreeMap<String, SignedFile>, LoadError> {
    let signatures: Signatures =
        serde_json::from_slice(file.artifact.bytes()).map_err(|error| {
            let place =
                PolicyPlace::new(&format!("{name}/{SIGNATURES}"), error.line(), error.column());
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or(&message);
            LoadError::new(place, message, "`opa sign` writes `{\"signatures\": [\"<token>\"]}`")
        })?;
    let fault = |fault: &str| refused(name, SIGNATURES, fault, REMAKE);
    let [token] = signatures.signatures.as_slice() else {
        return Err(fault("has not exactly one signature"));
    };
    let parts: Vec<_> = token.split('.').collect();
    let [header, payload, signature] = parts.as_slice() else {
        return Err(fault("has a signature that is no JSON Web Token"));
    };
    let header: Header =
        decoded(header).ok_or_else(|| fault("has a header that cannot be read"))?;
    if header.alg.eq_ignore_ascii_case("none") || signature.is_empty() {
        return Err(fault("is not signed at all"));
    }
    let payload: Payload =
        decoded(payload).ok_or_else(|| fault("has a payload without a list of `files`"))?;
    Ok(payload.files.into_iter().map(|file| (file.name.clone(), file)).collect())
}

fn decoded<T: DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
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
