//! The nodes of a pool, as far as the objects tell: Node objects, or the pool's own count.

use crate::extract::{self, PoolSource};
use crate::gate::evidence::Evidence;
use crate::plan::Capacity;

use super::pools::PoolPair;

/// What is known of the nodes of a pool, and how many of them may be away at once.
pub(super) fn capacity(evidence: &Evidence<'_>, pair: &PoolPair) -> Capacity {
    let pool = pair.pool();
    let sources = [Some(pool), pair.old.as_ref()];
    let known = |pool: &PoolSource| {
        let nodes = pool.nodes.as_ref()?;
        Some(nodes.iter().map(|node| node.name.clone()).collect::<Vec<_>>())
    };
    let names = sources.iter().flatten().find_map(|pool| known(pool));
    let names = names.or_else(|| known(&with_nodes_before(evidence, pool)?));
    let counted = sources
        .iter()
        .flatten()
        .find_map(|pool| u64::try_from(pool.status.as_ref()?.machine_count.as_ref()?.value).ok());
    Capacity {
        pool: pool.name.clone(),
        paused: pool.paused.as_ref().is_some_and(|paused| paused.value),
        max_unavailable: pool.max_unavailable.as_ref().map(|text| text.text.clone()),
        names,
        counted,
        platform: evidence.target.platform.clone(),
    }
}

/// The pool with the nodes that only what runs now tells of.
fn with_nodes_before(evidence: &Evidence<'_>, pool: &PoolSource) -> Option<PoolSource> {
    let before = evidence.before.as_ref()?;
    let mut pools = evidence.pools.clone();
    extract::assign_nodes(&before.objects, &mut pools);
    pools.into_iter().find(|one| one.name == pool.name)
}
