//! Nodes: which pool the operator counts each of them to.
//!
//! Owns membership as the operator decides it (`pkg/helpers/helpers.go`, `GetPoolsForNode`): the
//! control plane before all, a custom pool before `worker`, and none for a node of two custom pools.
//! Must not know what a pool gives its nodes.
//!
//! A node of the roles `infra` and `worker` → the pool `infra`, which selects it besides `worker`.

use std::collections::BTreeSet;

use rollgate_facts::PoolNode;

use crate::extract::cluster;
use crate::extract::object::Object;
use crate::extract::pools::{BUILT_IN, PoolSource};
use crate::extract::selector::{NODE_ROLE_PREFIX, Selector};
use crate::text::{Node, Value};

const CURRENT_CONFIG: &str = "machineconfiguration.openshift.io/currentConfig";
const DESIRED_CONFIG: &str = "machineconfiguration.openshift.io/desiredConfig";
const STATE: &str = "machineconfiguration.openshift.io/state";

/// How many nodes a pool tells of that are not its own. All pools may select all nodes; whoever
/// reads that a hundred nodes are torn between pools needs no more of them.
const MAX_NODES_ELSEWHERE: usize = 100;

/// Gives each pool the nodes that it selects; which ones is not known where the input holds no Node.
pub fn assign_nodes(objects: &[Object<'_>], pools: &mut [PoolSource]) {
    let nodes: Vec<_> = objects
        .iter()
        .filter(|object| object.kind.is_machine() && !is_windows(object))
        .map(|object| node(object, selecting(object, pools)))
        .collect();
    if nodes.is_empty() {
        return;
    }
    for pool in pools {
        let selected = nodes.iter().filter(|node| node.selected_by.contains(&pool.name));
        let (own, mut others): (Vec<_>, Vec<_>) =
            selected.partition(|node| node.pool.as_ref() == Some(&pool.name));
        others.sort_by_key(|node| node.pool.is_some());
        others.truncate(MAX_NODES_ELSEWHERE);
        pool.nodes = Some(own.into_iter().cloned().collect());
        pool.nodes_elsewhere = others.into_iter().cloned().collect();
    }
}

/// The names of the pools that select a node. Those that every cluster has do so whether the input
/// holds them or not.
fn selecting(object: &Object<'_>, pools: &[PoolSource]) -> BTreeSet<String> {
    let known = pools.iter().filter(|pool| pool.node_selector.matches(&object.labels));
    let implied = BUILT_IN.iter().copied().filter(|name| {
        !pools.iter().any(|pool| pool.name == *name)
            && Selector::of_nodes(name).matches(&object.labels)
    });
    known.map(|pool| pool.name.clone()).chain(implied.map(ToOwned::to_owned)).collect()
}

/// The pool that the operator counts a node to.
fn primary(selecting: &BTreeSet<String>) -> Option<&str> {
    let mut custom = selecting.iter().filter(|name| !["master", "worker"].contains(&name.as_str()));
    match (custom.next(), custom.next()) {
        (Some(_), Some(_)) => None,
        _ if selecting.contains("master") => Some("master"),
        (Some(only), None) => Some(only),
        (None, _) => selecting.first().map(String::as_str),
    }
}

fn node(object: &Object<'_>, selecting: BTreeSet<String>) -> PoolNode {
    let annotation = |key: &str| object.annotations.get(key).cloned();
    let roles = object.labels.keys().filter_map(|label| label.strip_prefix(NODE_ROLE_PREFIX));
    PoolNode {
        at: object.at.clone(),
        name: object.name.to_owned(),
        roles: roles.map(ToOwned::to_owned).collect(),
        pool: primary(&selecting).map(ToOwned::to_owned),
        selected_by: selecting.into_iter().collect(),
        ready: ready(object),
        schedulable: !unschedulable(object),
        architecture: cluster::architecture(object),
        current_config: annotation(CURRENT_CONFIG),
        desired_config: annotation(DESIRED_CONFIG),
        state: annotation(STATE),
    }
}

/// The operator does not manage Windows nodes.
pub(super) fn is_windows(object: &Object<'_>) -> bool {
    object.labels.get("kubernetes.io/os").is_some_and(|system| system == "windows")
}

fn unschedulable(object: &Object<'_>) -> bool {
    let value = object.node.get("spec").and_then(|spec| spec.get("unschedulable"));
    value.is_some_and(|node| node.value == Value::Boolean(true))
}

fn ready(object: &Object<'_>) -> Option<bool> {
    let conditions = object.node.get("status")?.get("conditions")?.as_sequence()?;
    let is = |condition: &Node, key, text| condition.get(key).and_then(Node::as_str) == Some(text);
    let ready = conditions.iter().find(|condition| is(condition, "type", "Ready"))?;
    Some(is(ready, "status", "True"))
}
