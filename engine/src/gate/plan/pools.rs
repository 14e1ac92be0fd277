//! Pools before and after a change.
//!
//! Owns which of them belong together. A set of objects without any MachineConfigPool says nothing
//! of pools: then those of the other set stand, or those that role labels imply.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::extract::{self, MachineConfigSource, PoolSource};
use crate::gate::OriginPlace;
use crate::gate::evidence::Evidence;
use crate::plan::{PlanStatus, PoolEffect, PoolPlan, Presence, Reason};

/// The pools that every cluster has, whether the objects say so or not.
const BUILT_IN: &[&str] = &["arbiter", "master", "worker"];

/// A pool before and after; at least one of both is there.
pub(super) struct PoolPair {
    /// Before.
    pub(super) old: Option<PoolSource>,
    /// After; of a pool that is removed, the one that its nodes fall back to.
    pub(super) new: Option<PoolSource>,
    own: PoolSource,
    presence: Presence,
    origin: OriginPlace,
}

/// The pools of a change, sorted by name.
pub(super) fn pairs(evidence: &Evidence<'_>) -> Vec<PoolPair> {
    let (now, before) = (by_name(&evidence.pools), by_name(before_pools(evidence)));
    let declared = |pools: &BTreeMap<&str, &PoolSource>| pools.values().any(|pool| pool.declared);
    let (declared_now, declared_before) = (declared(&now), declared(&before));
    let mut names: BTreeSet<&str> = match (declared_now, declared_before) {
        (false, true) => before.keys().copied().collect(),
        _ => now.keys().chain(before.keys()).copied().collect(),
    };
    if !declared_now && !declared_before {
        names.extend(rendered_names(evidence));
    }
    let pair = |name: &str| {
        let old = before.get(name).copied();
        let new = now.get(name).copied().filter(|pool| pool.declared || !declared_before);
        let removed = declared_now && new.is_none() && !BUILT_IN.contains(&name);
        let implied = || extract::implied_pool(name);
        let own = new.or(old).cloned().unwrap_or_else(implied);
        let presence = match (removed, old) {
            (true, _) => Presence::Removed,
            (false, None) if declared_before && !BUILT_IN.contains(&name) => Presence::Added,
            _ => Presence::Kept,
        };
        let fallback = || {
            now.get("worker")
                .map_or_else(|| extract::implied_pool("worker"), |pool| (*pool).clone())
        };
        let new = if removed { Some(fallback()) } else { new.cloned() };
        let origin = find(evidence, &own);
        PoolPair { old: old.cloned(), new, own, presence, origin }
    };
    names.into_iter().map(pair).collect()
}

impl PoolPair {
    /// The pool as it will be, or was.
    pub(super) const fn pool(&self) -> &PoolSource {
        &self.own
    }

    /// Its name.
    pub(super) fn name(&self) -> &str {
        &self.own.name
    }

    /// A plan for the pool, of which these reasons say how far it goes.
    pub(super) fn plan(&self, mut reasons: Vec<Reason>, effect: Option<PoolEffect>) -> PoolPlan {
        reasons.sort();
        reasons.dedup();
        let status = reasons.iter().map(|reason| reason.status).max();
        PoolPlan {
            name: self.own.name.clone(),
            origin: self.origin.clone(),
            presence: self.presence,
            status: status.unwrap_or(PlanStatus::Planned),
            reasons,
            effect,
            rollout: None,
        }
    }
}

/// That MachineConfigs which the operator makes itself are missing from the change: a sign that it
/// is not the whole set of objects.
pub(super) fn lost_generated(evidence: &Evidence<'_>) -> Option<String> {
    let own = |source: &&Arc<MachineConfigSource>| source.facts.generated && !source.is_rendered();
    let before = evidence.before.as_ref()?;
    let kept: BTreeSet<&str> =
        evidence.machine_configs.iter().map(|source| source.facts.name.as_str()).collect();
    let lost: Vec<&str> = before
        .machine_configs
        .iter()
        .filter(own)
        .map(|source| source.facts.name.as_str())
        .filter(|name| !kept.contains(name))
        .collect();
    let first = lost.first()?;
    Some(format!(
        "`{first}` and all else that the operator generates and the change lacks ({}) goes away: \
         give the whole set of objects",
        lost.len()
    ))
}

fn by_name(pools: &[PoolSource]) -> BTreeMap<&str, &PoolSource> {
    pools.iter().map(|pool| (pool.name.as_str(), pool)).collect()
}

fn before_pools<'e>(evidence: &'e Evidence<'_>) -> &'e [PoolSource] {
    evidence.before.as_ref().map(|before| before.pools.as_slice()).unwrap_or_default()
}

/// The pools that rendered configs are for.
fn rendered_names<'e>(evidence: &'e Evidence<'_>) -> impl Iterator<Item = &'e str> {
    let before = evidence.before.iter().flat_map(|before| &before.machine_configs);
    let rendered =
        evidence.machine_configs.iter().chain(before).filter(|source| source.is_rendered());
    rendered.filter_map(|source| source.rendered_for.as_deref())
}

fn find(evidence: &Evidence<'_>, pool: &PoolSource) -> OriginPlace {
    let now = OriginPlace::find(&evidence.places, &pool.at);
    match &evidence.before {
        Some(before) if now.place.is_none() => OriginPlace::find(&before.places, &pool.at),
        _ => now,
    }
}
