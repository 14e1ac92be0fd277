//! OPA bundles: what `.manifest` and `.signatures.json` say of the files beside them.
//!
//! Owns the roots of a manifest, the digests of a signature and the key that it is checked by. Must
//! not read files. A bundle whose files are not what it says does not load.
//!
//! `{"roots": ["custom/acme"]}` allows `package custom.acme.rule`, and refuses `package main`.
//! The formats are those of <https://www.openpolicyagent.org/docs/management-bundles>.

mod key;
mod signature;

pub use self::key::{KeyError, VerificationKey};

use serde::Deserialize;
use serde_json::Value;

use super::bundle::PolicyFile;
use super::error::{LoadError, LoadErrors, PolicyPlace};
use super::package;
use crate::Artifact;

pub(super) const MANIFEST: &str = ".manifest";
pub(super) const SIGNATURES: &str = ".signatures.json";

/// The names of the files that are data; others are read by nobody.
const DATA: [&str; 3] = ["data.json", "data.yaml", "data.yml"];

/// Whose bundles load.
#[derive(Debug, Clone)]
pub enum BundleTrust {
    /// Those without a signature. Of a signed one nobody said by which key it is to be checked.
    Unsigned,
    /// Those that whoever has the other half of this key signed, and no others.
    SignedBy(VerificationKey),
    /// Any. The files of a signed one must be those that were signed, by whomever.
    Anybody,
}

/// A file of a bundle: its path inside, and its bytes.
#[derive(Debug)]
pub struct BundleFile {
    /// The path inside the bundle, with `/`.
    pub path: String,
    /// The bytes.
    pub artifact: Artifact,
}

/// `.manifest`
#[derive(Debug, Deserialize)]
struct Manifest {
    #[serde(default = "everything")]
    roots: Vec<String>,
    rego_version: Option<u8>,
    #[serde(default)]
    wasm: Vec<Value>,
}

/// The texts of a bundle that bear on anything, after what it says of itself was checked.
pub fn open_bundle(
    name: &str,
    files: &[BundleFile],
    trust: &BundleTrust,
) -> Result<Vec<PolicyFile>, LoadErrors> {
    signature::check(name, files, trust)?;
    let manifest = match files.iter().find(|file| file.path == MANIFEST) {
        Some(file) => manifest(name, file)?,
        None => Manifest { roots: everything(), rego_version: None, wasm: Vec::new() },
    };
    let (mut texts, mut errors) = (Vec::new(), Vec::new());
    for file in files.iter().filter(|file| is_text(&file.path)) {
        match String::from_utf8(file.artifact.bytes().to_vec()) {
            Ok(text) => {
                let text = PolicyFile { path: format!("{name}/{}", file.path), text };
                errors.extend(manifest.fault_of(&file.path, &text));
                texts.push(text);
            }
            Err(_) => errors.push(refused(name, &file.path, "is not UTF-8", "write it as UTF-8")),
        }
    }
    LoadErrors::result(errors)?;
    Ok(texts)
}

/// Whether a file of a bundle is data.
pub(super) fn is_bundle_data(path: &str) -> bool {
    DATA.contains(&path.rsplit('/').next().unwrap_or(path))
}

fn is_text(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let meta = path == MANIFEST || path == SIGNATURES;
    !meta && matches!(extension, "rego" | "yaml" | "yml" | "json")
}

fn manifest(name: &str, file: &BundleFile) -> Result<Manifest, LoadError> {
    let manifest: Manifest = serde_json::from_slice(file.artifact.bytes()).map_err(|error| {
        let help = "`opa build` writes one; its keys are `revision` and `roots`";
        malformed(name, MANIFEST, &error, help)
    })?;
    if manifest.rego_version == Some(0) {
        let help = "write `deny contains finding if { … }`, and `rego_version` 1";
        return Err(refused(name, MANIFEST, "says that its policies are Rego v0", help));
    }
    if !manifest.wasm.is_empty() {
        let help = "build the bundle with `--target rego`, so that it holds what is judged by";
        return Err(refused(name, MANIFEST, "has policies compiled to WebAssembly", help));
    }
    Ok(manifest)
}

impl Manifest {
    /// What a file defines outside of the roots.
    fn fault_of(&self, path: &str, file: &PolicyFile) -> Option<LoadError> {
        let outside = if file.is_policy() {
            let package = package::name_of(file)?;
            let steps: Vec<_> = package.split('.').collect();
            (!self.covers(&steps)).then(|| format!("package `{package}`"))
        } else if is_bundle_data(path) {
            // What cannot be read is told where it is read.
            let data: Value = serde_yaml::from_str(&file.text).ok()?;
            let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
            let steps: Vec<_> = folders.split('/').filter(|step| !step.is_empty()).collect();
            self.outside(&steps, &data).map(|path| format!("`data.{path}`"))
        } else {
            None
        }?;
        let place = PolicyPlace::new(&file.path, 1, 1);
        let message = format!("{outside} is outside of the roots of the bundle's manifest");
        Some(LoadError::new(place, message, "name its path in `roots`, or leave the file out"))
    }

    fn covers(&self, steps: &[&str]) -> bool {
        self.roots.iter().any(|root| {
            let root: Vec<_> = root.split('/').filter(|step| !step.is_empty()).collect();
            steps.starts_with(&root)
        })
    }

    /// The path of the first value that no root covers.
    fn outside(&self, steps: &[&str], data: &Value) -> Option<String> {
        if self.covers(steps) {
            return None;
        }
        match data {
            Value::Object(members) => members.iter().find_map(|(key, value)| {
                let below: Vec<_> = steps.iter().copied().chain([key.as_str()]).collect();
                self.outside(&below, value)
            }),
            _ => Some(steps.join(".")),
        }
    }
}

fn everything() -> Vec<String> {
    vec![String::new()]
}

/// An error in the JSON of a file of a bundle.
fn malformed(name: &str, path: &str, error: &serde_json::Error, help: &str) -> LoadError {
    // What ends before it begins has no column.
    let (line, column) = (error.line().max(1), error.column().max(1));
    let place = PolicyPlace::new(&format!("{name}/{path}"), line, column);
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    LoadError::new(place, message, help)
}

/// An error about a whole file of a bundle.
fn refused(name: &str, path: &str, fault: &str, help: &str) -> LoadError {
    let place = PolicyPlace::new(&format!("{name}/{path}"), 1, 1);
    LoadError::new(place, format!("the bundle's `{path}` {fault}"), help)
}
