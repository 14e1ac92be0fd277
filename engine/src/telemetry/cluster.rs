//! One cluster: its objects are read, and each pool is told of.
//!
//! Owns what of the objects is kept in memory: of MachineConfigs, which are most of the bytes, only the
//! fields around their Ignition config. Must not know how a pool is counted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rollgate_facts::Target;

use super::ClusterInput;
use super::age::Fleetmates;
use super::model::{ClusterTelemetry, Unread};
use super::pool::Pools;
use super::running::Running;
use super::tables::Tables;
use crate::extract::{self, Inventory, MachineConfigSource, Mistaken};
use crate::text::{Source, mask};
use crate::{Artifact, Limits};

/// The objects of a cluster.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The texts that hold anything else than MachineConfigs.
    sources: Vec<Source>,
    machine_configs: Vec<Arc<MachineConfigSource>>,
    unread: Vec<Unread>,
    /// Whether there was any object of a known kind.
    any: bool,
}

impl Reading {
    /// Reads artifacts one after the other, so that only one text of MachineConfigs is in memory.
    pub(super) fn of<'a>(
        limits: &Limits,
        artifacts: impl IntoIterator<Item = &'a Artifact>,
    ) -> Self {
        let mut reading = Self::default();
        for artifact in artifacts {
            let source = extract::open(limits, artifact.clone());
            if reading.add(&source) {
                reading.sources.push(source);
            }
        }
        reading.mark_replaced();
        reading
    }

    /// Takes what is to be kept of a text; whether the text itself is.
    fn add(&mut self, source: &Source) -> bool {
        let inventory = Inventory::of(std::slice::from_ref(source));
        self.unread.extend(inventory.mistaken.iter().map(Unread::from));
        self.any |= !inventory.objects.is_empty();
        let is_machine_config = |kind: &str| kind == "MachineConfig";
        let (own, others): (Vec<_>, Vec<_>) =
            inventory.objects.iter().partition(|object| is_machine_config(object.kind.name));
        let outlines = own.into_iter().map(extract::machine_config_outline);
        self.machine_configs.extend(outlines.map(Arc::new));
        !others.is_empty()
    }

    /// Of several MachineConfigs with one name the last has effect.
    fn mark_replaced(&mut self) {
        let mut seen = BTreeSet::new();
        for source in self.machine_configs.iter_mut().rev() {
            if !seen.insert((source.config_map.clone(), source.facts.name.clone())) {
                Arc::make_mut(source).replaced = true;
            }
        }
    }

    /// What the cluster asks for and runs.
    pub(super) fn tell(
        self,
        tables: &Tables,
        limits: &Limits,
        input: &ClusterInput,
    ) -> ClusterTelemetry {
        // What is mistaken was noted when the texts were first read.
        let inventory = Inventory::of(&self.sources);
        let objects = &inventory.objects;
        let mut unread = input.unread.clone();
        unread.extend(self.unread);
        if !self.any && unread.is_empty() {
            unread.push(Unread::nothing(&input.name));
        }
        let mut pools = extract::pools(objects, &self.machine_configs);
        if pools.len() > limits.pools {
            unread.push(Unread::too_many_pools(&input.name, pools.len(), limits.pools));
            pools.truncate(limits.pools);
        }
        extract::assign_nodes(objects, &mut pools);
        let machines = extract::machines(objects, &pools);
        let told = extract::target(objects);
        let releases = extract::releases(objects);
        let release = input.target.release.clone().or(releases.current);
        let target_release = input.upgrade_to.clone().or(releases.desired);
        let target_release = target_release.filter(|target| Some(target) != release.as_ref());
        let stream = input.target.stream.or(told.stream);
        let configs = self.machine_configs.iter().filter(|source| !source.replaced);
        let configs: BTreeMap<_, _> =
            configs.map(|source| (source.facts.name.as_str(), source.as_ref())).collect();
        let pools = Pools {
            tables,
            objects,
            machine_configs: &self.machine_configs,
            running: Running { configs: &configs, machines: machines.as_ref() },
            target: Target {
                release: release.clone(),
                stream,
                architecture: input.target.architecture.or(told.architecture),
                ..Target::default()
            },
            target_release: target_release.clone(),
            gap: unread.first().map(|first| first.name.clone()),
            images: input.images,
        }
        .tell(&pools);
        let mut cluster = ClusterTelemetry {
            name: input.name.clone(),
            release,
            target_release,
            stream,
            pools,
            machines_in_no_pool: machines.as_ref().map(|machines| machines.in_no_pool),
            unread,
        };
        if let Some(machines) = &machines {
            Fleetmates::of(tables, &cluster, machines).tell(&mut cluster);
        }
        cluster
    }
}

impl From<&Mistaken<'_>> for Unread {
    fn from(mistaken: &Mistaken<'_>) -> Self {
        Self {
            name: mistaken.source.place(mistaken.span).to_string(),
            message: mask(&mistaken.message).into_owned(),
            help: mistaken.help.clone(),
        }
    }
}

impl Unread {
    fn nothing(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            message: "holds no object that tells of pools or machines".to_owned(),
            help:
                "give the MachineConfigs, MachineConfigPools, Nodes and ClusterVersion of a cluster"
                    .to_owned(),
        }
    }

    fn too_many_pools(name: &str, pools: usize, limit: usize) -> Self {
        Self {
            name: name.to_owned(),
            message: format!("holds {pools} pools, more than the limit of {limit}"),
            help: "raise `limits.pools` in `rollgate.yaml`".to_owned(),
        }
    }
}
