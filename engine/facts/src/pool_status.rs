//! How a pool fares, as its status tells.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Integer, Locator, Text};

/// `status` of a MachineConfigPool.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PoolStatus {
    /// The rendered config that all its nodes run or are about to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub configuration: Option<Text>,
    /// How many nodes it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine_count: Option<Integer>,
    /// How many of them run what they should.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_machine_count: Option<Integer>,
    /// How many of them are updated and ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready_machine_count: Option<Integer>,
    /// How many of them are away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unavailable_machine_count: Option<Integer>,
    /// How many of them the operator's daemon failed to update.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub degraded_machine_count: Option<Integer>,
    /// What the operator says of the pool.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The certificates that the operator brings to its nodes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<Certificate>,
}

/// One of `status.conditions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Condition {
    /// Where it stands.
    pub at: Locator,
    /// `type`: `Updated`, `Updating`, `Degraded`, `NodeDegraded`, `RenderDegraded`, ….
    pub kind: String,
    /// `status`: `True`, `False` or `Unknown`.
    pub status: String,
    /// `reason`, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// `message`, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// One of `status.certExpirys`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Certificate {
    /// Where it stands.
    pub at: Locator,
    /// The bundle that holds it.
    pub bundle: String,
    /// Its subject.
    pub subject: String,
    /// When it expires, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry: Option<String>,
    /// How many days from the date of evaluation that is; negative where it is past. Absent where
    /// the time does not parse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_left: Option<i64>,
}
