//! User parameters: values that a rule leaves to the user, at `data.parameters`.
//!
//! A rule declares each in its METADATA with a JSON Schema that has a `default`, so that it always
//! has a value: `parameters: {max_files: {type: integer, default: 100}}`. The user's value must be
//! of the default's type.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::error::LoadError;
use super::rule::Rule;

/// Why a parameter is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParameterError {
    /// No rule reads it.
    #[error("no rule has a parameter `{0}`")]
    Unknown(String),
    /// It is of another type than its default.
    #[error("the parameter `{name}` must be {wanted}, like its default, not {found}")]
    WrongType {
        /// The parameter.
        name: String,
        /// The type of its default.
        wanted: &'static str,
        /// The type of what was given.
        found: &'static str,
    },
    /// The policies do not load with it.
    #[error(transparent)]
    Load(#[from] LoadError),
}

/// What policies see at `data.parameters`: what is given, and the defaults of the rest.
pub(super) fn values(
    rules: &[Rule],
    given: &BTreeMap<String, Value>,
) -> Result<Map<String, Value>, ParameterError> {
    let mut values = defaults(rules);
    for (name, value) in given {
        let default = values.get_mut(name).ok_or_else(|| ParameterError::Unknown(name.clone()))?;
        let (wanted, found) = (kind(default), kind(value));
        if wanted != found {
            return Err(ParameterError::WrongType { name: name.clone(), wanted, found });
        }
        default.clone_from(value);
    }
    Ok(values)
}

/// The default of every parameter.
pub(super) fn defaults(rules: &[Rule]) -> Map<String, Value> {
    let declared = rules.iter().flat_map(|rule| &rule.parameters);
    let default =
        |(name, schema): (&String, &Value)| Some((name.clone(), schema.get("default")?.clone()));
    declared.filter_map(default).collect()
}

const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}
