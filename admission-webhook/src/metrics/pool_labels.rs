//! Pools in labels: the only names that somebody chose, and only so many of them.

use std::collections::BTreeSet;

use rollgate_engine::telemetry::OTHER;

/// How many pools have a name of their own in labels; further ones are `other`. Clusters have a handful;
/// whoever may create pools must not be able to fill a Prometheus with them.
pub(super) const MAX_POOLS: usize = 50;

/// The pools that the operator makes, which always have their own name.
const OWN_POOLS: &[&str] = &["arbiter", "master", "worker"];

/// The names that pools have in labels.
#[derive(Debug, Clone)]
pub(crate) struct PoolLabels(BTreeSet<String>);

impl PoolLabels {
    /// For the pools of these names.
    pub(crate) fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let (own, others): (BTreeSet<_>, BTreeSet<_>) = names
            .into_iter()
            .filter(|name| is_name(name))
            .partition(|name| OWN_POOLS.contains(name));
        let labelled = own.into_iter().chain(others).take(MAX_POOLS);
        Self(labelled.map(ToOwned::to_owned).collect())
    }

    /// The label of a pool.
    pub(crate) fn label<'a>(&self, name: &'a str) -> &'a str {
        if self.0.contains(name) { name } else { OTHER }
    }
}

/// Whether the API server would take this for the name of an object.
fn is_name(name: &str) -> bool {
    let allowed =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
    !name.is_empty() && name.len() <= 253 && name != OTHER && name.bytes().all(allowed)
}
