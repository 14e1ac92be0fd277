//! What runs now, as it was given: rendered configs, or the objects before.
//!
//! Owns which of several rendered configs a pool runs, and what is missing to tell.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::Limits;
use crate::extract::{self, ContentBudget, MachineConfigSource, Object, PoolSource};
use crate::report::Unjudged;
use crate::text::Places;

use super::{Side, machine_configs, places, too_many, unreadable};

/// What runs now.
#[derive(Debug)]
pub(in crate::gate) struct Before<'d> {
    /// The objects of known kinds.
    pub(in crate::gate) objects: Vec<Object<'d>>,
    /// The MachineConfigs, rendered ones among them.
    pub(in crate::gate) machine_configs: Vec<Arc<MachineConfigSource>>,
    /// The pools.
    pub(in crate::gate) pools: Vec<PoolSource>,
    /// Where the objects stand.
    pub(in crate::gate) places: Places<'d>,
}

impl<'d> Before<'d> {
    pub(super) fn gather(
        limits: &Limits,
        budget: &mut ContentBudget,
        side: &'d Side,
        now: &[PoolSource],
        unjudged: &mut Vec<Unjudged>,
    ) -> Option<Self> {
        let first = side.texts.first()?;
        let inventory = side.inventory();
        let mut gaps = unreadable(&inventory);
        let machine_configs = machine_configs(limits, budget, side, &inventory.objects);
        let mut pools = extract::pools(&inventory.objects, &machine_configs);
        unjudged.extend(too_many(limits, &pools));
        pools.truncate(limits.pools);
        extract::assign_nodes(&inventory.objects, &mut pools);
        let places = places(&inventory.objects);
        let before = Self { objects: inventory.objects, machine_configs, pools, places };
        let name = first.artifact().name();
        if before.machine_configs.is_empty() && gaps.is_empty() {
            gaps.push(nothing_runs(name));
        }
        gaps.extend(before.ambiguous(name, now));
        unjudged.extend(gaps);
        (!before.machine_configs.is_empty()).then_some(before)
    }

    /// The rendered configs.
    pub(in crate::gate) fn rendered(&self) -> impl Iterator<Item = &MachineConfigSource> {
        self.machine_configs
            .iter()
            .map(AsRef::as_ref)
            .filter(|source: &&MachineConfigSource| source.is_rendered())
    }

    /// The rendered configs of a pool.
    pub(in crate::gate) fn rendered_for(
        &self,
        pool: &str,
    ) -> impl Iterator<Item = &MachineConfigSource> {
        self.rendered().filter(move |source| source.rendered_for.as_deref() == Some(pool))
    }

    /// The name of the rendered config that the nodes of a pool run, where its status tells.
    pub(in crate::gate) fn running<'p>(
        &'p self,
        now: &'p [PoolSource],
        pool: &str,
    ) -> Option<&'p str> {
        let mut known = self.pools.iter().chain(now).filter(|known| known.name == pool);
        known.find_map(PoolSource::running)
    }

    /// A pool of which several rendered configs are given, and nothing to choose by.
    fn ambiguous(&self, name: &str, now: &[PoolSource]) -> Option<Unjudged> {
        let owners = self.rendered().filter_map(|source| source.rendered_for.as_deref());
        let undecided = |pool: &&str| {
            let parts = extract::implied_pool(pool);
            self.rendered_for(pool).nth(1).is_some()
                && self.running(now, pool).is_none()
                && !self.machine_configs.iter().any(|source| parts.selects(source))
        };
        let pools: BTreeSet<_> = owners.filter(undecided).collect();
        let pool = pools.first()?;
        Some(Unjudged {
            name: name.to_owned(),
            place: None,
            message: format!("pool `{pool}` has several rendered configs; only one runs"),
            help: "give that one only, or the MachineConfigPool, whose status names it".to_owned(),
        })
    }
}

/// To compare with something that holds no MachineConfig is a mistake in the path.
fn nothing_runs(name: &str) -> Unjudged {
    Unjudged {
        name: name.to_owned(),
        place: None,
        message: "no MachineConfig says what runs now".to_owned(),
        help: "give `--against` a rendered MachineConfig for each pool, or the objects before"
            .to_owned(),
    }
}
