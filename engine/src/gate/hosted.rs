//! HyperShift: what the NodePool of a hosted cluster does for a change of its nodes' config.
//!
//! Node disruption policies are not asked there: any change rolls all nodes
//! (<https://docs.okd.io/latest/updating/updating_a_cluster/updating-hosted-control-planes.html>).

use crate::extract::effect::{Action, Step};
use crate::extract::{Object, PoolSource};
use crate::gate::evidence::Evidence;
use crate::plan::Change;
use crate::text::Node;

/// How a NodePool rolls a change out, by its `upgradeType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rolling {
    /// New nodes take the place of those that there are.
    Replace,
    /// Nodes are drained, changed and rebooted one after the other.
    InPlace,
    /// The NodePool is not given.
    Unknown,
}

impl Rolling {
    /// That of a pool; none where the pool is no NodePool.
    pub(super) fn of(evidence: &Evidence<'_>, pool: &PoolSource) -> Option<Self> {
        pool.config_maps.as_ref()?;
        let before = evidence.before.iter().flat_map(|before| &before.objects);
        let mut objects = evidence.objects.iter().chain(before);
        let object = objects.find(|object| object.kind.name == "NodePool" && object.at == pool.at);
        Some(match object.and_then(upgrade_type) {
            Some("Replace") => Self::Replace,
            Some("InPlace") => Self::InPlace,
            _ => Self::Unknown,
        })
    }

    /// Whether new nodes take the place of those of a pool; they take what running ones refuse.
    pub(super) fn replaces(evidence: &Evidence<'_>, pool: &PoolSource) -> bool {
        Self::of(evidence, pool) == Some(Self::Replace)
    }

    /// What is done to a node for any change.
    pub(super) fn steps() -> Vec<Step> {
        vec![Step::plain(Action::Reboot)]
    }

    /// Says of a change what is done for it, and why.
    pub(super) fn explain(self, change: &mut Change) {
        let because = match self {
            Self::Replace => "a NodePool of type `Replace` replaces its nodes for any change",
            Self::InPlace => "a NodePool of type `InPlace` reboots its nodes for any change",
            Self::Unknown => "a NodePool replaces its nodes, or reboots them, for any change",
        };
        change.steps = Self::steps();
        because.clone_into(&mut change.because);
    }
}

fn upgrade_type<'a>(object: &Object<'a>) -> Option<&'a str> {
    object.node.get("spec")?.get("management")?.get("upgradeType").and_then(Node::as_str)
}
