//! Scalars with their place: what a rule can complain about carries where it stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Locator;

/// A string and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Text {
    /// Where the value stands; in a merged subject, in the MachineConfig that won.
    pub at: Locator,
    /// The value.
    pub text: String,
    /// Where the values stand that lost to this one in a merge, last loser first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Locator>,
}

/// A boolean and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Flag {
    /// Where the value stands; in a merged subject, in the MachineConfig that won.
    pub at: Locator,
    /// The value.
    pub value: bool,
    /// Where the values stand that lost to this one in a merge, last loser first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Locator>,
}

/// A whole number and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Integer {
    /// Where the value stands; in a merged subject, in the MachineConfig that won.
    pub at: Locator,
    /// The value; a file mode is the plain number (`0644` is 420).
    pub value: i64,
    /// Where the values stand that lost to this one in a merge, last loser first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Locator>,
}

impl Text {
    /// A value that overrides nothing.
    pub fn new(at: Locator, text: impl Into<String>) -> Self {
        Self { at, text: text.into(), overrides: Vec::new() }
    }
}

impl Flag {
    /// A value that overrides nothing.
    pub const fn new(at: Locator, value: bool) -> Self {
        Self { at, value, overrides: Vec::new() }
    }
}

impl Integer {
    /// A value that overrides nothing.
    pub const fn new(at: Locator, value: i64) -> Self {
        Self { at, value, overrides: Vec::new() }
    }
}
