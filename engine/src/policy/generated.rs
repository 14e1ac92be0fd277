//! Files of the repository that are made from the policies and the facts contract.
//!
//! Owns what they hold. Must not write them: a test does, with `ROLLGATE_UPDATE=1`, and compares
//! otherwise.

use rollgate_facts::Facts;

use super::bundle::PolicyFile;
use super::capabilities;
use super::error::LoadErrors;
use super::index::Index;
use super::readme::readme;
use crate::configuration::Configuration;

/// Every generated file but the pages of rules, its path relative to the repository.
pub fn generated_files() -> Result<Vec<PolicyFile>, LoadErrors> {
    let index = Index::build()?;
    let file = |path: &str, text: String| PolicyFile { path: path.to_owned(), text };
    Ok(vec![
        file("policies/capabilities.json", pretty(&capabilities::as_opa_capabilities())),
        file("policies/config.schema.json", pretty(&Configuration::schema())),
        file("policies/facts.schema.json", pretty(&Facts::schema())),
        file("policies/index.json", pretty(&index)),
        file("policies/README.md", readme(&index.rules)),
    ])
}

/// JSON as committed. The values made here are trees of strings, which always have a JSON text.
fn pretty(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).map(|json| json + "\n").unwrap_or_default()
}
