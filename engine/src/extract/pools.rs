//! Pools: which MachineConfigs go to which nodes.
//!
//! Owns selection. Must not merge.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rollgate_facts::{Flag, LabelSelector, Locator, ObjectId, PoolNode, PoolStatus, Problem, Text};

use crate::extract::fields::Fields;
use crate::extract::kind::MACHINE_CONFIGURATION;
use crate::extract::machine_config::{MachineConfigSource, ROLE_LABEL};
use crate::extract::object::Object;
use crate::extract::pool_status::pool_status;
use crate::extract::selector::Selector;
use crate::extract::wrapped::ConfigMap;
use crate::text::{Node, Value};

/// The pools that every cluster has, or that stand for themselves: a custom pool selects the role
/// `worker` besides its own, these do not.
pub(super) const BUILT_IN: &[&str] = &["arbiter", "master", "worker"];

/// A pool and what it selects.
#[derive(Debug, Clone)]
pub struct PoolSource {
    /// The pool's name.
    pub name: String,
    /// Where its MachineConfigPool stands, or would stand.
    pub at: Locator,
    /// Whether the input holds its MachineConfigPool.
    pub declared: bool,
    /// Which MachineConfigs it selects.
    pub selector: Selector,
    /// Which nodes it selects.
    pub node_selector: Selector,
    /// Its labels, by which a `KubeletConfig` and others select it.
    pub labels: BTreeMap<String, String>,
    /// `spec.machineConfigSelector`, where it is written and understood.
    pub machine_config_labels: Option<LabelSelector>,
    /// `spec.nodeSelector`, where it is written and understood.
    pub node_labels: Option<LabelSelector>,
    /// `spec.pinnedImageSets`
    pub pinned_image_sets: Vec<Text>,
    /// The nodes that the operator counts to it, where the input holds Nodes.
    pub nodes: Option<Vec<PoolNode>>,
    /// The nodes that it selects and that the operator counts to another pool, or to none.
    pub nodes_elsewhere: Vec<PoolNode>,
    /// The ConfigMaps that hold what its nodes get, where it is a NodePool; it selects by them alone.
    pub config_maps: Option<BTreeSet<ConfigMap>>,
    /// `spec.paused`
    pub paused: Option<Flag>,
    /// `spec.maxUnavailable`
    pub max_unavailable: Option<Text>,
    /// `spec.osImageStream.name`
    pub os_image_stream: Option<Text>,
    /// `status`
    pub status: Option<PoolStatus>,
    /// What is wrong with the fields above.
    pub problems: Vec<Problem>,
}

/// The pools of an input: the MachineConfigPools, and for roles that none of them has the name of,
/// the pool that the role implies. A role that is not built in implies a pool only where the input
/// holds no MachineConfigPool at all; otherwise it is a role that no pool selects.
pub fn pools(
    objects: &[Object<'_>],
    machine_configs: &[Arc<MachineConfigSource>],
) -> Vec<PoolSource> {
    let mut pools: BTreeMap<String, PoolSource> = BTreeMap::new();
    for object in objects.iter().filter(|object| object.kind.name == "MachineConfigPool") {
        pools.insert(object.name.to_owned(), declared(object));
    }
    let any_declared = !pools.is_empty();
    let hosted = node_pools(objects, machine_configs);
    let standing = machine_configs.iter().filter(|source| source.config_map.is_none());
    for role in standing.filter_map(|source| source.facts.role.as_ref()) {
        let implied = !any_declared || BUILT_IN.contains(&role.text.as_str());
        if implied && !role.text.is_empty() && !pools.contains_key(&role.text) {
            pools.insert(role.text.clone(), implied_pool(&role.text));
        }
    }
    for pool in hosted {
        // A NodePool may have the name of a pool, or of one in another namespace.
        let name = if pools.contains_key(&pool.name) {
            pool.at.object_id().to_owned()
        } else {
            pool.name.clone()
        };
        pools.insert(name.clone(), PoolSource { name, ..pool });
    }
    pools.into_values().collect()
}

/// The NodePools of HyperShift, each with the ConfigMaps that it names; and for a ConfigMap that
/// none of them names, the NodePool that it is meant for, which gets the name of the ConfigMap.
fn node_pools(
    objects: &[Object<'_>],
    machine_configs: &[Arc<MachineConfigSource>],
) -> Vec<PoolSource> {
    let mut stray: BTreeSet<&ConfigMap> =
        machine_configs.iter().filter_map(|source| source.config_map.as_ref()).collect();
    let known = stray.clone();
    let mut pools = Vec::new();
    for object in objects.iter().filter(|object| object.kind.name == "NodePool") {
        let named: BTreeSet<_> =
            known.iter().copied().filter(|known| names(object, known)).cloned().collect();
        stray.retain(|config_map| !named.contains(config_map));
        if !named.is_empty() {
            pools.push(node_pool(object.name, object.at.clone(), named));
        }
    }
    pools.extend(stray.into_iter().map(|config_map| {
        let at = Locator::object(&config_map.id());
        node_pool(&config_map.name, at, BTreeSet::from([config_map.clone()]))
    }));
    pools
}

/// Whether a NodePool names a ConfigMap in `spec.config`: one of its own namespace, which either of
/// them may leave to who applies it.
fn names(node_pool: &Object<'_>, config_map: &ConfigMap) -> bool {
    let namespace = node_pool.namespace.unwrap_or_default();
    let listed = node_pool.node.get("spec").and_then(|spec| spec.get("config")?.as_sequence());
    let named =
        |reference: &Node| reference.get("name")?.as_str().map(|name| name == config_map.name);
    let same = namespace.is_empty()
        || config_map.namespace.is_empty()
        || namespace == config_map.namespace;
    same && listed.unwrap_or_default().iter().any(|reference| named(reference) == Some(true))
}

fn node_pool(name: &str, at: Locator, config_maps: BTreeSet<ConfigMap>) -> PoolSource {
    // Its nodes belong to another cluster than the one that its object stands in.
    let node_selector = Selector::Nothing;
    PoolSource { at, config_maps: Some(config_maps), node_selector, ..implied_pool(name) }
}

/// Fills in which pools select each MachineConfig.
pub fn assign(pools: &[PoolSource], machine_configs: &mut [Arc<MachineConfigSource>]) {
    let declared = pools.iter().any(|pool| pool.declared);
    for source in machine_configs {
        let selecting = pools.iter().filter(|pool| pool.selects(source));
        let selecting: Vec<String> = selecting.map(|pool| pool.name.clone()).collect();
        // Those of a cluster are shared by what is asked about it, and seldom change.
        if source.facts.pools_declared != declared || source.facts.pools != selecting {
            let source = Arc::make_mut(source);
            source.facts.pools_declared = declared;
            source.facts.pools = selecting;
        }
    }
}

impl PoolSource {
    /// Whether the pool selects this MachineConfig. Rendered configs have no labels; one that has
    /// them is a part like any other.
    pub fn selects(&self, source: &MachineConfigSource) -> bool {
        match (&self.config_maps, &source.config_map) {
            (None, None) => self.selector.matches(&source.facts.labels),
            (Some(named), Some(config_map)) => named.contains(config_map),
            _ => false,
        }
    }

    /// The name of the rendered config that its nodes run or are about to, where the status tells.
    pub fn running(&self) -> Option<&str> {
        Some(&self.status.as_ref()?.configuration.as_ref()?.text)
    }
}

/// The pool that a role implies where no MachineConfigPool says otherwise.
pub fn implied_pool(role: &str) -> PoolSource {
    PoolSource {
        name: role.to_owned(),
        at: Locator::object(&ObjectId::new("MachineConfigPool", None, role, 1)),
        declared: false,
        selector: Selector::of_role(ROLE_LABEL, role),
        node_selector: Selector::of_nodes(role),
        labels: BTreeMap::from([own_label(role)]),
        machine_config_labels: None,
        node_labels: None,
        pinned_image_sets: Vec::new(),
        nodes: None,
        nodes_elsewhere: Vec::new(),
        config_maps: None,
        paused: None,
        max_unavailable: None,
        os_image_stream: None,
        status: None,
        problems: Vec::new(),
    }
}

fn declared(object: &Object<'_>) -> PoolSource {
    let mut problems = Vec::new();
    let mut spec = Fields::new(object.node.get("spec"), object.at.key("spec"), &mut problems);
    let paused = spec.flag("paused");
    let max_unavailable = integer_or_text(&mut spec, "maxUnavailable");
    let os_image_stream = spec.mapping("osImageStream").text("name");
    let at = |key| spec.at().key(key);
    let (selector, faults) = Selector::of_machine_configs(
        spec.get("machineConfigSelector"),
        at("machineConfigSelector"),
    );
    let (node_selector, node_faults) =
        Selector::of_pool(spec.get("nodeSelector"), at("nodeSelector"));
    let labelled = |key| Selector::facts(spec.get(key), at(key));
    let (machine_config_labels, node_labels) =
        (labelled("machineConfigSelector"), labelled("nodeSelector"));
    let mut pinned_image_sets = Vec::new();
    spec.each("pinnedImageSets", |set| pinned_image_sets.extend(set.text("name")));
    problems.extend(faults);
    problems.extend(node_faults);
    let mut labels = object.labels.clone();
    labels.extend([own_label(object.name)]);
    PoolSource {
        name: object.name.to_owned(),
        at: object.at.clone(),
        declared: true,
        selector,
        node_selector,
        labels,
        machine_config_labels,
        node_labels,
        pinned_image_sets,
        nodes: None,
        nodes_elsewhere: Vec::new(),
        config_maps: None,
        paused,
        max_unavailable,
        os_image_stream,
        status: pool_status(object),
        problems,
    }
}

/// The label that the operator gives each pool.
fn own_label(pool: &str) -> (String, String) {
    (format!("pools.operator.{MACHINE_CONFIGURATION}/{pool}"), String::new())
}

/// An `IntOrString`, as text. A number that is written as a string is none to the API, which takes
/// a string for a percentage: it keeps its quotes.
fn integer_or_text(fields: &mut Fields<'_, '_>, key: &str) -> Option<Text> {
    let at = fields.at().key(key);
    if let Value::Integer(number) = &fields.get(key)?.value {
        return Some(Text::new(at, number.to_string()));
    }
    let text = fields.text(key)?;
    let is_number = text.text.bytes().all(|byte| byte.is_ascii_digit());
    Some(if is_number { Text::new(at, format!("\"{}\"", text.text)) } else { text })
}
