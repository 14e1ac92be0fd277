//! What machines run: the rendered configs that they name, looked up.
//!
//! Owns when that is known: a machine is done, and the config that it names was given. Must not know
//! what a pool asks for.

use std::collections::{BTreeMap, BTreeSet};

use super::model::MachineCounts;
use super::share::OTHER;
use crate::extract::{
    Configuration, Machine, MachineConfigSource, MachineState, Machines, PoolSource,
};

/// The rendered configs by name, and the machines that run them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Running<'a> {
    pub(super) configs: &'a BTreeMap<&'a str, &'a MachineConfigSource>,
    pub(super) machines: Option<&'a Machines>,
}

/// What the machines of one pool run.
#[derive(Debug, Default)]
pub(super) struct RunningPool<'a> {
    /// The machines; nothing where none is known of.
    pub(super) counts: Option<MachineCounts>,
    /// Each rendered config that machines are known to run, with their number.
    configs: Vec<(&'a MachineConfigSource, u64)>,
}

impl<'a> Running<'a> {
    /// What the machines of a pool run.
    pub(super) fn pool(&self, pool: &PoolSource, named: &Configuration) -> RunningPool<'a> {
        match self.machines {
            Some(machines) => {
                let own = machines.by_pool.get(&pool.name).map(Vec::as_slice);
                self.of_machines(own.unwrap_or_default())
            }
            None => self.of_status(pool, named),
        }
    }

    fn of_machines(&self, machines: &[Machine]) -> RunningPool<'a> {
        let mut counts = MachineCounts::default();
        let mut configs: BTreeMap<&str, (&MachineConfigSource, u64)> = BTreeMap::new();
        for machine in machines {
            counts.total += 1;
            match machine.state {
                MachineState::Done => counts.done += 1,
                MachineState::Working => counts.working += 1,
                MachineState::Degraded => counts.degraded += 1,
                MachineState::Unknown => counts.unknown += 1,
            }
            if let Some(config) = self.runs(machine) {
                counts.known += 1;
                configs.entry(&config.facts.name).or_insert((config, 0)).1 += 1;
            }
        }
        RunningPool { counts: Some(counts), configs: configs.into_values().collect() }
    }

    /// The config that a machine is known to run.
    fn runs(&self, machine: &Machine) -> Option<&'a MachineConfigSource> {
        let name = machine.current_config.as_deref()?;
        (machine.state == MachineState::Done).then(|| self.configs.get(name).copied())?
    }

    /// Without machines, the pool's own count: where all of them are updated, they run what it names.
    fn of_status(&self, pool: &PoolSource, named: &Configuration) -> RunningPool<'a> {
        let Some(status) = &pool.status else { return RunningPool::default() };
        let count = |count: &Option<rollgate_facts::Integer>| {
            count.as_ref().and_then(|count| u64::try_from(count.value).ok())
        };
        let Some(total) = count(&status.machine_count) else { return RunningPool::default() };
        let updated = count(&status.updated_machine_count).unwrap_or(0).min(total);
        let degraded = count(&status.degraded_machine_count).unwrap_or(0).min(total - updated);
        let settled = updated == total && named.desired == named.current;
        let config = named.current.as_deref().filter(|_| settled);
        let config = config.and_then(|name| self.configs.get(name).copied());
        let counts = MachineCounts {
            total,
            done: updated,
            degraded,
            working: total - updated - degraded,
            unknown: 0,
            known: if config.is_some() { total } else { 0 },
        };
        RunningPool {
            counts: Some(counts),
            configs: config.map(|config| (config, total)).into_iter().collect(),
        }
    }
}

impl RunningPool<'_> {
    /// How many machines are known to run a config of which this holds; nothing where none is known.
    pub(super) fn count(&self, holds: impl Fn(&MachineConfigSource) -> bool) -> Option<u64> {
        let counts = self.counts?;
        let running = self.configs.iter().filter(|(config, _)| holds(config));
        let running = running.fold(0, |sum: u64, (_, count)| sum.saturating_add(*count));
        (counts.known > 0 || counts.total == 0).then_some(running)
    }

    /// Every extension that a machine is known to run.
    pub(super) fn extensions(&self) -> BTreeSet<&str> {
        let extensions = self.configs.iter().flat_map(|(config, _)| &config.facts.extensions);
        extensions.map(|extension| extension.text.as_str()).collect()
    }

    /// Every kernel that a machine is known to run.
    pub(super) fn kernel_types(&self) -> BTreeSet<&'static str> {
        self.configs.iter().map(|(config, _)| kernel_type(config)).collect()
    }
}

/// The kernel of a rendered config; without one it is the default. The operator renders no other, so
/// whatever else is written there comes from somebody else, and its name is not told.
pub(super) fn kernel_type(config: &MachineConfigSource) -> &'static str {
    match config.facts.kernel_type.as_ref().map(|kind| kind.text.as_str()) {
        None | Some("default") => "default",
        Some("realtime") => "realtime",
        Some("64k-pages") => "64k-pages",
        Some(_) => OTHER,
    }
}
