//! What may leave the house: the same counts without any name that somebody chose.
//!
//! Owns which names stay: those of the operator's own pools, and of what the tables know. Must not be
//! the default of anything but what is meant to be sent.
//!
//! Cluster `prod-eu`, pool `gpu-berlin`, extension `acme-agent` → `cluster-1`, `pool-1`, `other`.

use super::model::{
    ClusterTelemetry, ExtensionTelemetry, FleetTelemetry, PoolTelemetry, Unknown, UnknownPart,
    Unread,
};
use super::totals::Totals;

/// The pools that every cluster may have, whose names say nothing.
const OWN_POOLS: &[&str] = &["arbiter", "master", "worker"];

/// What stands for the name of an extension that no release knows.
pub const OTHER: &str = "other";

/// The same without names of clusters, pools, extensions and images that somebody chose.
pub fn anonymous(fleet: FleetTelemetry) -> FleetTelemetry {
    let clusters: Vec<_> = (1..).zip(fleet.clusters).map(|(nth, it)| cluster(nth, it)).collect();
    FleetTelemetry { totals: Totals::of(&clusters), clusters, ..fleet }
}

fn cluster(nth: usize, cluster: ClusterTelemetry) -> ClusterTelemetry {
    let mut others = 0;
    let pools = cluster.pools.into_iter().map(|pool| {
        let own = OWN_POOLS.contains(&pool.name.as_str());
        others += usize::from(!own);
        let name = if own { pool.name.clone() } else { format!("pool-{others}") };
        self::pool(name, pool)
    });
    let pools = pools.collect();
    let unread = (!cluster.unread.is_empty()).then(|| Unread {
        name: format!("cluster-{nth}"),
        message: format!("has {} that could not be read", inputs(cluster.unread.len())),
        help: "ask whoever sent this: names were left out".to_owned(),
    });
    ClusterTelemetry {
        name: format!("cluster-{nth}"),
        pools,
        unread: unread.into_iter().collect(),
        ..cluster
    }
}

fn pool(name: String, pool: PoolTelemetry) -> PoolTelemetry {
    let extensions = closed_extensions(&pool);
    let unknown = pool.unknown.into_iter().map(|unknown| match unknown.what {
        // Its reason may name what could not be read.
        UnknownPart::Asked => Unknown {
            reason: "something that may belong to it is not given, or could not be read".to_owned(),
            ..unknown
        },
        _ => unknown,
    });
    let mut unknown: Vec<_> = unknown.collect();
    unknown.dedup();
    let without_reference = |image| super::ImageOverride { reference: None, ..image };
    PoolTelemetry {
        name,
        extensions,
        os_image: pool.os_image.map(without_reference),
        extensions_image: pool.extensions_image.map(without_reference),
        unknown,
        ..pool
    }
}

/// The extensions of a pool, with those that no release knows as one, `other`.
pub fn closed_extensions(pool: &PoolTelemetry) -> Vec<ExtensionTelemetry> {
    let (known, others): (Vec<_>, Vec<_>) =
        pool.extensions.iter().cloned().partition(|it| it.known);
    let other = others.into_iter().reduce(|one, other| merged(one, &other));
    let other = other.map(|it| ExtensionTelemetry { name: OTHER.to_owned(), ..it });
    known.into_iter().chain(other).collect()
}

/// Two extensions of one pool under one name: as many machines as run the one that most run, for
/// they may be the same, and the worse answer.
fn merged(one: ExtensionTelemetry, other: &ExtensionTelemetry) -> ExtensionTelemetry {
    use super::Answer::{No, Unknown, Yes};
    let worse = |one, other| match (one, other) {
        (No, _) | (_, No) => No,
        (Unknown, _) | (_, Unknown) => Unknown,
        (Yes, Yes) => Yes,
    };
    let on_target = one.supported_on_target.zip(other.supported_on_target);
    ExtensionTelemetry {
        known: one.known && other.known,
        asked: one.asked || other.asked,
        machine_configs: one.machine_configs.zip(other.machine_configs).map(|(a, b)| a.max(b)),
        machines: one.machines.zip(other.machines).map(|(a, b)| a.max(b)),
        supported: worse(one.supported, other.supported),
        supported_on_target: on_target.map(|(one, other)| worse(one, other)),
        name: one.name,
    }
}

fn inputs(count: usize) -> String {
    crate::report::wording::counted(count, "input")
}
