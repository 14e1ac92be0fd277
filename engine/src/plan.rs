//! The plan: what a change does to each pool, and to its nodes.
//!
//! Owns the value that every renderer of a plan reads, and itself the JSON output. Must not work out
//! anything: the gate does, with what `extract::effect` says of the operator. Grown only by adding;
//! its schema is committed as `policies/plan.schema.json`.
//!
//! A file `/etc/chrony.conf` that changes in pool `worker` → `reboot: true`, `drain: true`, `actions:
//! ["Reboot"]`, and one change with the places of the old value and the new one.

mod human;
mod markdown;
mod rollout;
mod wording;

use rollgate_facts::Target;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::extract::effect::{Action, Difference, Step};
use crate::gate::OriginPlace;
use crate::report::{Tool, Unjudged};

pub use human::human;
pub use markdown::markdown;
pub use rollout::{Capacity, Minutes, Rollout};

/// The version of the plan's schema that this build writes.
pub const PLAN_VERSION: &str = "1";

/// What a change does to every pool.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// The version of this schema, [`PLAN_VERSION`].
    pub version: String,
    /// Whether the change can be planned, and whether the operator takes it: the worst of all pools.
    pub status: PlanStatus,
    /// What planned.
    pub tool: Tool,
    /// What the change is meant for.
    pub target: Target,
    /// The release as which the operator was taken to act: the newest, where none is known.
    pub release: String,
    /// The pools, sorted by name.
    pub pools: Vec<PoolPlan>,
    /// What could not be read, and may belong to any pool.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unjudged: Vec<Unjudged>,
    /// What was taken for granted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<String>,
}

/// How far a plan could be made.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PlanStatus {
    /// The operator takes the change, and this is what it does.
    Planned,
    /// Something that decides is not known.
    Inconclusive,
    /// The operator refuses the change, or its nodes fail on it.
    Refused,
}

/// What a change does to one pool.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PoolPlan {
    /// The pool's name.
    pub name: String,
    /// Where its MachineConfigPool stands, or would stand.
    #[serde(flatten)]
    pub origin: OriginPlace,
    /// Whether the pool is there before and after the change.
    pub presence: Presence,
    /// How far the plan could be made.
    pub status: PlanStatus,
    /// Why it is refused or inconclusive.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// What happens to each of its nodes, where that could be worked out.
    #[serde(flatten)]
    pub effect: Option<PoolEffect>,
    /// How the change reaches the nodes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollout: Option<Rollout>,
}

impl PoolPlan {
    /// What happens to the pool, in a few words: `reboot, 3 nodes one at a time, 15 to 45 minutes`.
    pub fn headline(&self) -> String {
        wording::headline(self)
    }
}

/// Whether a pool is there before and after a change.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Before and after.
    Kept,
    /// After only: the change is what happens to nodes that join it.
    Added,
    /// Before only: its nodes fall back to pool `worker`.
    Removed,
}

/// Why something is refused or not known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// What it comes to.
    pub status: PlanStatus,
    /// What is wrong.
    pub text: String,
    /// Where it stands.
    #[serde(default, flatten, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginPlace>,
}

/// What happens to a node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PoolEffect {
    /// Whether it reboots.
    pub reboot: bool,
    /// Whether it is drained.
    pub drain: bool,
    /// Why it is drained, where the actions alone do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drain_reason: Option<String>,
    /// What is done to it in order, by the operator's names. Empty where nothing differs but an
    /// order that does not matter.
    pub actions: Vec<Action>,
    /// The same, with the units that are reloaded and restarted.
    pub steps: Vec<Step>,
    /// What differs between the two rendered configs, by the operator's names.
    pub diff: Difference,
    /// Whether on-cluster layering builds a new image, where the pool has a MachineOSConfig.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rebuild: Option<bool>,
    /// What changes, item by item.
    pub changes: Vec<Change>,
}

/// One item that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// What kind of item it is.
    pub kind: ChangeKind,
    /// Which one: a path, the name of a unit or user, a kernel argument, or a field.
    pub item: String,
    /// What happens to it.
    pub change: ChangeWay,
    /// Which of its fields differ, where it was there before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// The old value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<ChangeSide>,
    /// The new value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<ChangeSide>,
    /// What this change alone does to a node; empty where it has no effect on running nodes.
    pub steps: Vec<Step>,
    /// Who says so: the policy, or the operator's own rule.
    pub because: String,
}

/// A value before or after a change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeSide {
    /// Where it stands; absent where it is the release's own.
    #[serde(default, flatten, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginPlace>,
    /// Where the values stand that it overrides, the last first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<OriginPlace>,
    /// The value, where it is short and no secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The mode of a file in octal, where it is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// How many bytes the content of a file has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// The SHA-256 of the content of a file, unless it is a secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// The kinds of item that change.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The operating system image.
    OsImage,
    /// The image of the extensions.
    ExtensionsImage,
    /// The image that a MachineOSConfig has built.
    BuiltImage,
    /// FIPS mode.
    Fips,
    /// The kernel.
    KernelType,
    /// A kernel argument, or their order.
    KernelArgument,
    /// An extension, or their order.
    Extension,
    /// A file.
    File,
    /// A unit.
    Unit,
    /// A user or group.
    User,
    /// Another section of the Ignition config.
    Section,
}

/// What happens to an item.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ChangeWay {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is otherwise.
    Modified,
    /// It stands elsewhere in its list.
    Reordered,
}

impl Plan {
    /// The JSON Schema of the plan, as committed.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(Self).to_value()
    }

    /// The plan as JSON.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }
}

impl PoolEffect {
    /// Whether anything is done to a node at all.
    pub fn touches_nodes(&self) -> bool {
        self.actions.iter().any(|action| *action != Action::None)
    }
}

impl Reason {
    /// Something that is not known.
    pub const fn unknown(text: String) -> Self {
        Self { status: PlanStatus::Inconclusive, text, origin: None }
    }

    /// Something that the operator refuses, or its nodes fail on.
    pub const fn refused(text: String, origin: Option<OriginPlace>) -> Self {
        Self { status: PlanStatus::Refused, text, origin }
    }
}
