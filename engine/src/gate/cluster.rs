//! A cluster's objects, read once and asked about often.
//!
//! Owns what is kept between questions, and which objects bear on a change of one of them: those of
//! the pools that it touches. Must not judge. Whoever watches the cluster hands in each state of it;
//! what did not change since the state before is not read again.

use std::collections::BTreeMap;
use std::sync::Arc;

use rollgate_facts::{ImageReference, Locator};

use crate::extract::{
    self, ContentBudget, Inventory, MachineConfigSource, Object, PoolSource, Surroundings,
};
use crate::gate::evidence::Side;
use crate::report::Unjudged;
use crate::text::Source;
use crate::{Artifact, Limits};

/// The objects of a cluster at one moment.
#[derive(Debug, Default)]
pub struct Cluster {
    /// By the names of the artifacts.
    held: BTreeMap<String, Arc<Held>>,
    /// The pools, as the operator forms them.
    pools: Vec<PoolSource>,
    /// What could not be read.
    gaps: Vec<Unjudged>,
}

/// One object.
#[derive(Debug)]
pub(super) struct Held {
    artifact: Arc<Artifact>,
    text: Arc<Source>,
    /// Which object it is, as locators begin.
    pub(super) id: String,
    pub(super) at: Locator,
    /// Its kind.
    pub(super) kind: &'static str,
    machine_config: Option<Arc<MachineConfigSource>>,
    /// The pools that it declares, or that its role implies.
    pools: Vec<PoolSource>,
    /// The rendered configs that a node runs or is about to.
    runs: Vec<String>,
}

/// Where a node's daemon says what it runs, and the operator what it shall run
/// (openshift/machine-config-operator `pkg/daemon/constants/constants.go`).
const RUNS: &[&str] = &[
    "machineconfiguration.openshift.io/currentConfig",
    "machineconfiguration.openshift.io/desiredConfig",
];

/// Why an artifact is not held.
#[derive(Debug)]
pub(super) enum NotHeld {
    /// It could not be read.
    Unreadable(Box<Unjudged>),
    /// It is no object of a kind that is judged.
    Foreign,
}

impl Cluster {
    /// The objects in these artifacts, one in each, and what of the cluster could not be read.
    pub fn of<'a>(
        limits: &Limits,
        artifacts: impl IntoIterator<Item = &'a Arc<Artifact>>,
        gaps: Vec<Unjudged>,
    ) -> Self {
        Self::default().next(limits, artifacts, gaps)
    }

    /// A later state of the same cluster. An artifact that is shared with this state is not read
    /// again.
    #[must_use]
    pub fn next<'a>(
        &self,
        limits: &Limits,
        artifacts: impl IntoIterator<Item = &'a Arc<Artifact>>,
        mut gaps: Vec<Unjudged>,
    ) -> Self {
        let mut held = BTreeMap::new();
        for artifact in artifacts {
            let known = self.held.get(artifact.name());
            let known = known.filter(|known| Arc::ptr_eq(&known.artifact, artifact)).cloned();
            match known.map_or_else(|| Held::read(limits, artifact).map(Arc::new), Ok) {
                Ok(object) => drop(held.insert(artifact.name().to_owned(), object)),
                Err(NotHeld::Unreadable(gap)) => gaps.push(*gap),
                Err(NotHeld::Foreign) => {}
            }
        }
        let pools = pools(held.values());
        Self { held, pools, gaps }
    }

    /// How many objects there are.
    pub fn len(&self) -> usize {
        self.held.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// What could not be read.
    pub(super) fn gaps(&self) -> &[Unjudged] {
        &self.gaps
    }

    /// The pools that an object touches as it was or as it will be.
    pub(super) fn touched_by(&self, object: &Held) -> Vec<PoolSource> {
        let Some(source) = &object.machine_config else {
            let named = |pool: &&PoolSource| match object.kind {
                // Nodes of a pool that goes away fall back to this one.
                "MachineConfigPool" => pool.name == "worker",
                _ => object.selects(pool, &self.pools),
            };
            let known = self.pools.iter().filter(named).cloned();
            return object.pools.iter().cloned().chain(known).collect();
        };
        let role = source.facts.role.iter().map(|role| extract::implied_pool(&role.text));
        let is_known = |pool: &PoolSource| self.pools.iter().any(|known| known.name == pool.name);
        let implied: Vec<_> = role.filter(|pool| !is_known(pool)).collect();
        let touches = |pool: &&PoolSource| {
            pool.selects(source)
                || (source.is_rendered() && pool.running() == Some(source.facts.name.as_str()))
        };
        self.pools.iter().chain(&implied).filter(touches).cloned().collect()
    }

    /// Who runs a rendered config: pools as their status says, and nodes.
    pub(super) fn users_of(&self, rendered: &Held) -> Vec<String> {
        let Some(source) = rendered.machine_config.as_ref().filter(|it| it.is_rendered()) else {
            return Vec::new();
        };
        let name = source.facts.name.as_str();
        let pools = self.pools.iter().filter(|pool| pool.running() == Some(name));
        let pools = pools.map(|pool| format!("MachineConfigPool/{}", pool.name));
        let nodes = self.held.values().filter(|held| held.runs.iter().any(|runs| runs == name));
        pools.chain(nodes.map(|held| held.id.clone())).collect()
    }

    /// The objects that bear on these pools, but for one, which may be given instead.
    pub(super) fn around(
        &self,
        pools: &[PoolSource],
        changed: &str,
        instead: Option<&Held>,
    ) -> Side {
        let bears = |held: &&Held| match (&held.machine_config, held.kind) {
            (Some(source), _) => pools.iter().any(|pool| belongs(source, pool)),
            (None, "Node") => !pools.is_empty(),
            (None, _) => true,
        };
        let others = self.held.values().map(AsRef::as_ref).filter(|held| held.id != changed);
        let mut side = Side { held: true, ..Side::default() };
        for held in others.filter(bears).chain(instead) {
            if let Some(source) = &held.machine_config {
                side.known.insert(held.id.clone(), Arc::clone(source));
            }
            side.texts.push(Arc::clone(&held.text));
        }
        side
    }
}

impl Held {
    /// Reads the one object of an artifact.
    pub(super) fn read(limits: &Limits, artifact: &Arc<Artifact>) -> Result<Self, NotHeld> {
        let text = Arc::new(extract::open(limits, Artifact::clone(artifact)));
        let inventory = Inventory::of([text.as_ref()]);
        if let Some(mistaken) = inventory.mistaken.first() {
            return Err(NotHeld::Unreadable(Box::new(mistaken.into())));
        }
        let [object] = inventory.objects.as_slice() else { return Err(NotHeld::Foreign) };
        let machine_config = (object.kind.name == "MachineConfig").then(|| {
            let mut budget = ContentBudget::new(limits);
            Arc::new(extract::machine_config(limits, &mut budget, object))
        });
        Ok(Self {
            artifact: Arc::clone(artifact),
            id: object.id.to_string(),
            at: object.at.clone(),
            kind: object.kind.name,
            machine_config,
            pools: extract::pools(&inventory.objects, &[]),
            runs: RUNS.iter().filter_map(|key| object.annotations.get(*key).cloned()).collect(),
            text: Arc::clone(&text),
        })
    }

    /// The images that a MachineConfig names.
    pub(super) fn images(&self) -> Vec<ImageReference> {
        let facts = self.machine_config.as_ref().map(|source| &source.facts);
        let named =
            facts.map(|facts| [&facts.os_image_url, &facts.base_os_extensions_container_image]);
        named.into_iter().flatten().flatten().cloned().collect()
    }

    /// Whether an object that is no MachineConfig selects or names a pool.
    fn selects(&self, pool: &PoolSource, pools: &[PoolSource]) -> bool {
        let inventory = Inventory::of([self.text.as_ref()]);
        let surroundings = Surroundings::of(&inventory.objects, pools);
        let selected = inventory
            .objects
            .iter()
            .filter_map(|object: &Object<'_>| extract::cluster_object(object, &surroundings).pools);
        selected.flatten().any(|selected| selected.name == pool.name)
    }
}

/// Whether a MachineConfig is a part of the pool, or what its nodes run.
fn belongs(source: &MachineConfigSource, pool: &PoolSource) -> bool {
    if source.is_rendered() && source.rendered_for.as_deref() == Some(pool.name.as_str()) {
        return pool.running().is_none_or(|running| running == source.facts.name);
    }
    pool.selects(source)
}

fn pools<'h>(held: impl Iterator<Item = &'h Arc<Held>> + Clone) -> Vec<PoolSource> {
    let machine_configs: Vec<_> =
        held.clone().filter_map(|held| held.machine_config.clone()).collect();
    let declaring = held.filter(|held| held.kind == "MachineConfigPool");
    let inventory = Inventory::of(declaring.map(|held| held.text.as_ref()));
    extract::pools(&inventory.objects, &machine_configs)
}
