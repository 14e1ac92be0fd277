//! How one object names or selects others.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Locator;

/// An object that bears on another: one that this names, or that selects this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ObjectReference {
    /// Where it is named; of one that selects, where it stands.
    pub at: Locator,
    /// Its name.
    pub name: String,
    /// Whether the input holds it; absent where the input holds no object of its kind at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<bool>,
}

/// A `LabelSelector`: an object that meets all requirements is selected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LabelSelector {
    /// Where it stands, or would stand.
    pub at: Locator,
    /// What it requires: `matchLabels`, each as `In` one value, and `matchExpressions`.
    pub requirements: Vec<LabelRequirement>,
}

/// One requirement of a `LabelSelector`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LabelRequirement {
    /// The key of the label.
    pub key: String,
    /// What must hold for its value.
    pub operator: LabelOperator,
    /// The values that `In` and `NotIn` speak of.
    #[serde(default)]
    pub values: Vec<String>,
}

/// What a requirement demands of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum LabelOperator {
    /// Its value is one of the values.
    In,
    /// Its value is none of the values, or it is not there.
    NotIn,
    /// It is there.
    Exists,
    /// It is not there.
    DoesNotExist,
}
