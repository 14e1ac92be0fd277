//! Nodes, as the pools see them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Architecture, Locator};

/// A Node that the `nodeSelector` of a pool selects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PoolNode {
    /// Where the Node stands.
    pub at: Locator,
    /// `metadata.name`.
    pub name: String,
    /// Its roles, from labels `node-role.kubernetes.io/<role>`.
    #[serde(default)]
    pub roles: Vec<String>,
    /// The pools whose `nodeSelector` selects it, by name.
    pub selected_by: Vec<String>,
    /// The pool that the operator counts it to (`pkg/helpers/helpers.go`, `GetPoolsForNode`); absent
    /// where several custom pools select it, which leaves it to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<String>,
    /// The condition `Ready`, where the status tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready: Option<bool>,
    /// Whether pods may be scheduled: not `spec.unschedulable`.
    pub schedulable: bool,
    /// `status.nodeInfo.architecture`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub architecture: Option<Architecture>,
    /// The rendered config that it runs, which the operator's daemon notes in an annotation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_config: Option<String>,
    /// The rendered config that it is to run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desired_config: Option<String>,
    /// The daemon's state on it: `Done`, `Working`, `Degraded` or `Unreconcilable`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
}
