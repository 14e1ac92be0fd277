//! User parameters: values that a rule leaves to the user, at `data.parameters`.
//!
//! A rule declares each in its METADATA with a JSON Schema that has a `default`, so that it always
//! has a value: `parameters: {max_files: {type: integer, default: 100}}`. Rules that share a
//! parameter declare it alike. The user's value must be what the schema says.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use serde_json::{Map, Value};

use super::bundle::PolicyFile;
use super::error::{LoadError, PolicyPlace};
use super::rule::Rule;
use crate::closest;
use crate::text::mask;

/// Why a parameter is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParameterError {
    /// No rule reads it.
    #[error("gives a parameter that no rule reads, `{name}`")]
    Unknown {
        /// The parameter.
        name: String,
        /// What to do.
        help: String,
    },
    /// It is not what its schema says.
    #[error("gives the parameter `{name}` what it does not take: {fault}")]
    Invalid {
        /// The parameter.
        name: String,
        /// The JSON pointer of the value at fault inside it.
        pointer: String,
        /// What is wrong.
        fault: String,
        /// What it takes, and which rules read it.
        help: String,
    },
    /// The policies do not load with it.
    #[error("gives parameters with which the policies do not load: {0}")]
    Load(#[from] LoadError),
}

impl ParameterError {
    /// The parameter, and the JSON pointer of the value at fault inside it.
    pub fn location(&self) -> Option<(&str, &str)> {
        match self {
            Self::Unknown { name, .. } => Some((name, "")),
            Self::Invalid { name, pointer, .. } => Some((name, pointer)),
            Self::Load(_) => None,
        }
    }

    /// What to do.
    pub fn help(&self) -> &str {
        match self {
            Self::Unknown { help, .. } | Self::Invalid { help, .. } => help,
            Self::Load(error) => &error.help,
        }
    }
}

/// What policies see at `data.parameters`: what is given, and the defaults of the rest.
pub(super) fn values(
    rules: &[Rule],
    given: &BTreeMap<String, Value>,
) -> Result<Map<String, Value>, ParameterError> {
    let mut values = defaults(rules);
    for (name, value) in given {
        require(rules, name, value)?;
        values.insert(name.clone(), value.clone());
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

/// Refuses a parameter that one of these rules declares otherwise than another rule does: it has one
/// value.
pub(super) fn check(rules: &[Rule], others: &[Rule], files: &[PolicyFile]) -> Vec<LoadError> {
    let mut errors = Vec::new();
    for (index, rule) in rules.iter().enumerate() {
        for (name, schema) in &rule.parameters {
            let mut before = others.iter().chain(rules.iter().take(index));
            let differs = |other: &&Rule| other.parameters.get(name).is_some_and(|it| it != schema);
            let Some(other) = before.find(differs) else { continue };
            let text = files.iter().find(|file| file.path == rule.file).map(|file| &file.text);
            let declared = |line: &str| line.starts_with('#') && line.contains(&format!("{name}:"));
            let line = text.and_then(|text| text.lines().position(declared)).unwrap_or_default();
            errors.push(LoadError::new(
                PolicyPlace::new(&rule.file, line + 1, 1),
                format!("METADATA: `{}` declares the parameter `{name}` otherwise", other.code),
                "give it the same JSON Schema in each rule, or another name",
            ));
        }
    }
    errors
}

/// Why a declaration cannot be relied on: no default, a schema that is none, a default that it does
/// not allow.
pub(super) fn fault_of(schema: &Value) -> Option<String> {
    let Some(default) = schema.get("default") else {
        return Some("has one without a `default`".to_owned());
    };
    match jsonschema::validator_for(schema) {
        Ok(validator) => {
            let (_, fault) = first_fault(&validator, default)?;
            Some(format!("has one whose schema does not allow its default: {fault}"))
        }
        Err(error) => Some(format!("has one whose schema is none: {error}")),
    }
}

/// Refuses a parameter that no rule declares, and a value that its schema does not allow.
fn require(rules: &[Rule], name: &str, value: &Value) -> Result<(), ParameterError> {
    let Some(schema) = rules.iter().find_map(|rule| rule.parameters.get(name)) else {
        let known: BTreeSet<&str> =
            rules.iter().flat_map(|rule| rule.parameters.keys()).map(String::as_str).collect();
        let help = match closest(name, known.iter().copied()) {
            Some(known) => format!("did you mean `{known}`?"),
            None if known.is_empty() => "the rules have no parameters".to_owned(),
            None => format!("known are `{}`", Vec::from_iter(known).join("`, `")),
        };
        return Err(ParameterError::Unknown { name: name.to_owned(), help });
    };
    let fault = match jsonschema::validator_for(schema) {
        Ok(validator) => first_fault(&validator, value),
        // The rule was checked when it was loaded.
        Err(error) => Some((String::new(), error.to_string())),
    };
    let Some((pointer, fault)) = fault else { return Ok(()) };
    let readers = rules.iter().filter(|rule| rule.parameters.contains_key(name));
    let readers: Vec<&str> = readers.map(|rule| rule.code.as_str()).collect();
    let help = format!("it takes {}; `{}` reads it", takes(schema), readers.join("`, `"));
    Err(ParameterError::Invalid { name: name.to_owned(), pointer, fault, help })
}

/// Where a value first departs from a schema, and how.
fn first_fault(validator: &Validator, value: &Value) -> Option<(String, String)> {
    let error = validator.iter_errors(value).next()?;
    let fault = mask(&error.to_string()).into_owned();
    Some((error.instance_path().to_string(), fault))
}

/// What a parameter takes, in words: its description, else its type.
pub(crate) fn takes(schema: &Value) -> String {
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    let kind = match (text("type"), schema.pointer("/items/type").and_then(Value::as_str)) {
        (Some("array"), Some(item)) => format!("a list of {item}s"),
        (Some("array"), None) => "a list".to_owned(),
        (Some("object"), _) => "a mapping".to_owned(),
        (Some("integer"), _) => "a whole number".to_owned(),
        (Some(kind), _) => format!("a {kind}"),
        (None, _) => "what its schema says".to_owned(),
    };
    match text("description") {
        Some(description) => format!("{kind} ({})", description.trim().trim_end_matches('.')),
        None => kind,
    }
}
