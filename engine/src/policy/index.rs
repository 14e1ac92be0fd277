//! The index of the embedded library: what would otherwise be read out of YAML at every start.
//!
//! Owns `policies/index.json` (rules with their METADATA, tables, digest). It is a cache: an index
//! of another digest is made anew, which is slower and changes no verdict.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::bundle;
use super::error::LoadErrors;
use super::interpreter;
use super::metadata;
use super::package::Origin;
use super::rule::Rule;
use super::tables;

/// What the embedded library holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Index {
    /// The digest of the library that this is the index of.
    pub(super) digest: String,
    /// The rules, sorted by code.
    pub(super) rules: Vec<Rule>,
    /// The tables by name, as policies see them at `data.rollgate_tables`.
    pub(super) tables: Value,
}

impl Index {
    /// The committed index, or a new one where that is of another library.
    pub(super) fn current() -> Result<Self, LoadErrors> {
        let committed = bundle::library_text("index.json");
        let committed: Option<Self> = committed.and_then(|text| serde_json::from_str(text).ok());
        match committed {
            Some(index) if index.digest == bundle::library_digest().to_string() => Ok(index),
            _ => Self::build(),
        }
    }

    /// The index of the embedded library, read out of its files.
    pub(super) fn build() -> Result<Self, LoadErrors> {
        let files = bundle::library();
        let policies = interpreter::parse(&files)?;
        let (mut rules, mut errors) = (Vec::new(), Vec::new());
        for (file, policy) in files.iter().zip(&policies) {
            match metadata::read(file, Origin::Library) {
                Ok((_, rule)) => rules.extend(rule.map(|rule| rule.read_in(policy))),
                Err(error) => errors.push(error),
            }
        }
        LoadErrors::result(errors)?;
        rules.sort_by(|one, other| one.code.cmp(&other.code));
        let digest = bundle::library_digest().to_string();
        Ok(Self { digest, rules, tables: tables::read()? })
    }
}
