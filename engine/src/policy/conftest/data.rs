//! Data for conftest policies: YAML and JSON files below `data`.
//!
//! Owns where a file goes: `teams/list.yaml` with `names: [a]` is `data.teams.names`, as OPA lays
//! out a folder. What two files define, or a file and a package, is refused.

use serde_json::{Map, Value};

use crate::policy::bundle::PolicyFile;
use crate::policy::conftest::ConftestSource;
use crate::policy::error::{LoadError, LoadErrors, PolicyPlace};
use crate::policy::opa_bundle::is_bundle_data;
use crate::{Artifact, Limits, text};

/// All data, merged, beside these packages: every file of the folders of data, and `data.json` or
/// `data.yaml` beside policies, as bundles have them.
pub(super) fn read(
    limits: &Limits,
    source: &ConftestSource,
    packages: &[&str],
) -> Result<Value, LoadErrors> {
    let (mut data, mut errors) = (Value::Object(Map::new()), Vec::new());
    let roots = source.data.iter().map(|root| (root, false));
    for (root, beside_policies) in roots.chain(source.policies.iter().map(|root| (root, true))) {
        for file in root.files.iter().filter(|file| !file.is_policy()) {
            let inside = file.path.strip_prefix(&format!("{}/", root.name)).unwrap_or(&file.path);
            if beside_policies && !is_bundle_data(inside) {
                continue;
            }
            let folders = inside.rsplit_once('/').map_or("", |(folders, _)| folders);
            let merged = one(limits, file).and_then(|value| {
                let steps: Vec<_> = folders.split('/').filter(|step| !step.is_empty()).collect();
                merge(&mut data, below(&steps, value), "data").map_err(|path| {
                    refused(file, format!("`{path}` is defined by another file too"))
                })?;
                match packages.iter().find(|package| defines(&data, package)) {
                    Some(package) => Err(refused(
                        file,
                        format!("the data stands where the package `{package}` does"),
                    )),
                    None => Ok(()),
                }
            });
            errors.extend(merged.err());
        }
    }
    LoadErrors::result(errors)?;
    Ok(data)
}

/// The one document of a file.
fn one(limits: &Limits, file: &PolicyFile) -> Result<Value, LoadError> {
    let artifact = Artifact::new(&*file.path, file.text.as_bytes());
    let mut documents = text::read(limits, &artifact).into_iter();
    match (documents.next(), documents.next()) {
        (Some(Ok(document)), None) => Ok(document.root.to_json()),
        (Some(Err(error)), _) | (_, Some(Err(error))) => {
            let place = PolicyPlace::of_byte(&file.path, &file.text, error.span.start);
            Err(LoadError::new(place, error.message, error.help))
        }
        (None, _) => Ok(Value::Object(Map::new())),
        (Some(Ok(_)), Some(Ok(_))) => {
            Err(refused(file, "a file of data holds one document".to_owned()))
        }
    }
}

fn refused(file: &PolicyFile, message: String) -> LoadError {
    let help = "let each value be defined once; a folder's name is a key of the data";
    LoadError::new(PolicyPlace::new(&file.path, 1, 1), message, help)
}

fn below(folders: &[&str], value: Value) -> Value {
    folders.iter().rev().fold(value, |value, folder| {
        Value::Object(std::iter::once(((*folder).to_owned(), value)).collect())
    })
}

/// Merges mappings; the path of the first value that both have is the error.
fn merge(into: &mut Value, from: Value, path: &str) -> Result<(), String> {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                match into.get_mut(&key) {
                    Some(there) => merge(there, value, &format!("{path}.{key}"))?,
                    None => drop(into.insert(key, value)),
                }
            }
            Ok(())
        }
        _ => Err(path.to_owned()),
    }
}

/// Whether the data has a value where the package stands; to regorus it would be the package's.
fn defines(data: &Value, package: &str) -> bool {
    let mut at = data;
    for step in package.split('.') {
        match at {
            Value::Object(members) => match members.get(step) {
                Some(next) => at = next,
                None => return false,
            },
            _ => return true,
        }
    }
    true
}
