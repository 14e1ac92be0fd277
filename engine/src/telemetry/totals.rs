//! What several clusters come to.
//!
//! Owns the sums. A number of machines counts those that are known; beside it stands of how many pools
//! it is not known. Must not read anything but what is told of each cluster.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Answer, ClusterTelemetry, ImageReferenceKind, PoolTelemetry};

/// What several clusters come to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    /// How many clusters there are.
    pub clusters: u64,
    /// Of how many of them something could not be read.
    pub clusters_with_unread: u64,
    /// How many pools they have.
    pub pools: u64,
    /// How many pools hold updates back.
    pub paused_pools: u64,
    /// How many machines are known of.
    pub machines: u64,
    /// Of how many pools the machines are not known.
    pub pools_without_machines: u64,
    /// The releases that they run, sorted by name; those whose release is not known come last.
    pub releases: Vec<ReleaseTotal>,
    /// The extensions, sorted by name.
    pub extensions: Vec<ExtensionTotal>,
    /// The kernels, sorted by name.
    pub kernel_types: Vec<KernelTotal>,
    /// The images in place of the releases' own.
    pub os_images: Vec<ImageTotal>,
}

/// How many clusters run a release.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReleaseTotal {
    /// The minor release; absent where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// How many clusters run it.
    pub clusters: u64,
}

/// Where an extension is asked for and run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExtensionTotal {
    /// Its name.
    pub name: String,
    /// How many clusters ask for it.
    pub clusters: u64,
    /// How many pools ask for it.
    pub pools: u64,
    /// How many machines are known to run it.
    pub machines: u64,
    /// In how many pools it is not known of every machine.
    pub pools_with_unknown_machines: u64,
    /// How many pools ask for it on a release that does not have it for their machines.
    pub unsupported_pools: u64,
    /// The same for the release that the cluster is to run.
    pub unsupported_on_target_pools: u64,
    /// Of how many pools neither is known.
    pub pools_with_unknown_support: u64,
}

/// Where a kernel is asked for and run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KernelTotal {
    /// The kernel type.
    pub kernel_type: String,
    /// How many clusters ask for it.
    pub clusters: u64,
    /// How many pools ask for it.
    pub pools: u64,
    /// How many machines are known to run it.
    pub machines: u64,
    /// In how many pools it is not known of every machine.
    pub pools_with_unknown_machines: u64,
}

/// Where another image takes the place of the release's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImageTotal {
    /// How it is named.
    pub by: ImageReferenceKind,
    /// How many clusters have one.
    pub clusters: u64,
    /// How many pools have one.
    pub pools: u64,
    /// How many machines are known to run one.
    pub machines: u64,
    /// Of how many pools it is known that the image is of an earlier release or day.
    pub pools_behind: u64,
}

impl Totals {
    /// The sums over these clusters.
    pub fn of(clusters: &[ClusterTelemetry]) -> Self {
        let pools = || clusters.iter().flat_map(|cluster| &cluster.pools);
        let machines = pools().filter_map(|pool| pool.machines);
        let stray = clusters.iter().filter_map(|cluster| cluster.machines_in_no_pool);
        Self {
            clusters: count(clusters.iter()),
            clusters_with_unread: count(clusters.iter().filter(|it| !it.unread.is_empty())),
            pools: count(pools()),
            paused_pools: count(pools().filter(|pool| pool.paused == Some(true))),
            machines: sum(machines.map(|machines| machines.total).chain(stray)),
            pools_without_machines: count(pools().filter(|pool| pool.machines.is_none())),
            releases: releases(clusters),
            extensions: extensions(clusters),
            kernel_types: kernel_types(clusters),
            os_images: os_images(clusters),
        }
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> u64 {
    u64::try_from(items.count()).unwrap_or(u64::MAX)
}

/// A pool may claim any number of machines.
fn sum(counts: impl Iterator<Item = u64>) -> u64 {
    counts.fold(0, u64::saturating_add)
}

fn releases(clusters: &[ClusterTelemetry]) -> Vec<ReleaseTotal> {
    let mut totals: BTreeMap<Option<&String>, u64> = BTreeMap::new();
    for cluster in clusters {
        *totals.entry(cluster.release.as_ref()).or_default() += 1;
    }
    let total = |(release, clusters): (Option<&String>, u64)| ReleaseTotal {
        release: release.cloned(),
        clusters,
    };
    let mut totals: Vec<_> = totals.into_iter().map(total).collect();
    let numbers = |total: &ReleaseTotal| {
        let parts = total.release.as_deref().unwrap_or("").split('.');
        let parts: Vec<u32> = parts.filter_map(|part| part.parse().ok()).collect();
        (total.release.is_none(), parts)
    };
    totals.sort_by_cached_key(numbers);
    totals
}

/// Whether there are machines of the pool of which it is not known what they run.
fn has_unknown_machines(pool: &PoolTelemetry) -> bool {
    pool.machines.is_none_or(|machines| machines.known < machines.total)
}

fn extensions(clusters: &[ClusterTelemetry]) -> Vec<ExtensionTotal> {
    let mut totals: BTreeMap<&str, ExtensionTotal> = BTreeMap::new();
    for cluster in clusters {
        let mut asked = BTreeSet::new();
        for pool in &cluster.pools {
            for extension in &pool.extensions {
                let total = totals.entry(&extension.name).or_default();
                total.name.clone_from(&extension.name);
                total.machines = total.machines.saturating_add(extension.machines.unwrap_or(0));
                total.pools_with_unknown_machines += u64::from(has_unknown_machines(pool));
                if !extension.asked {
                    continue;
                }
                let on_target = extension.supported_on_target;
                let unknown = |answer| answer == Answer::Unknown;
                total.pools += 1;
                total.clusters += u64::from(asked.insert(&extension.name));
                total.unsupported_pools += u64::from(extension.supported == Answer::No);
                total.unsupported_on_target_pools += u64::from(on_target == Some(Answer::No));
                total.pools_with_unknown_support +=
                    u64::from(unknown(extension.supported) || on_target.is_some_and(unknown));
            }
        }
    }
    totals.into_values().collect()
}

fn kernel_types(clusters: &[ClusterTelemetry]) -> Vec<KernelTotal> {
    let mut totals: BTreeMap<&str, KernelTotal> = BTreeMap::new();
    for cluster in clusters {
        let mut asked = BTreeSet::new();
        for pool in &cluster.pools {
            for kernel in &pool.kernel_types {
                let total = totals.entry(&kernel.kernel_type).or_default();
                total.kernel_type.clone_from(&kernel.kernel_type);
                total.machines = total.machines.saturating_add(kernel.machines.unwrap_or(0));
                total.pools_with_unknown_machines += u64::from(has_unknown_machines(pool));
                if kernel.asked {
                    total.pools += 1;
                    total.clusters += u64::from(asked.insert(&kernel.kernel_type));
                }
            }
        }
    }
    totals.into_values().collect()
}

fn os_images(clusters: &[ClusterTelemetry]) -> Vec<ImageTotal> {
    let mut totals: BTreeMap<ImageReferenceKind, ImageTotal> = BTreeMap::new();
    for cluster in clusters {
        let mut seen = BTreeSet::new();
        for image in cluster.pools.iter().filter_map(|pool| pool.os_image.as_ref()) {
            let by = image.by;
            let zero = ImageTotal { by, clusters: 0, pools: 0, machines: 0, pools_behind: 0 };
            let total = totals.entry(by).or_insert(zero);
            let behind = [image.releases_behind, image.days_behind];
            total.pools += 1;
            total.clusters += u64::from(seen.insert(by));
            total.machines = total.machines.saturating_add(image.machines.unwrap_or(0));
            total.pools_behind += u64::from(behind.iter().flatten().any(|behind| *behind > 0));
        }
    }
    totals.into_values().collect()
}
