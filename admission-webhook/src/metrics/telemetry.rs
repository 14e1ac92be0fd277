//! Metrics of what a cluster asks for and runs: extensions, kernels, images and machines of each pool.
//!
//! Owns names, help and labels. Label values are what the tables know, and `other`; pools are the only
//! names that somebody chose, and only so many of them. What is not known has no series, and one in
//! `rollgate_pool_telemetry_unknown` that says so. Each scrape sees one state of the cluster whole.
//!
//! Pool `gpu` asks for `usbguard` → `rollgate_pool_extensions{pool="gpu",extension="usbguard"} 1`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use arc_swap::ArcSwap;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric as _};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;
use rollgate_engine::telemetry::{
    Answer, ClusterTelemetry, ExtensionTelemetry, ImageOverride, KnownNames, OTHER, PoolTelemetry,
    UnknownPart, closed_extensions,
};

use super::PoolLabels;

/// What a cluster asks for and runs, as last told.
#[derive(Debug, Clone)]
pub(crate) struct TelemetryMetrics {
    known: Arc<KnownNames>,
    families: Arc<ArcSwap<Families>>,
}

/// Series of one family, by their labels.
type Series = BTreeMap<Vec<(&'static str, String)>, i64>;

/// How the values of pools that share the label `other` come to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Together {
    Sum,
    Greatest,
    Least,
}

/// A family of gauges.
#[derive(Debug, Clone, Copy)]
struct Family {
    name: &'static str,
    help: &'static str,
    together: Together,
}

/// Every family with its series, in the order of [`FAMILIES`].
#[derive(Debug, Default)]
struct Families(BTreeMap<&'static str, Series>);

const EXTENSIONS: &str = "rollgate_pool_extensions";
const EXTENSION_MACHINE_CONFIGS: &str = "rollgate_pool_extension_machine_configs";
const EXTENSION_MACHINES: &str = "rollgate_pool_extension_machines";
const EXTENSION_SUPPORTED: &str = "rollgate_pool_extension_supported";
const KERNEL_TYPE: &str = "rollgate_pool_kernel_type";
const KERNEL_TYPE_MACHINES: &str = "rollgate_pool_kernel_type_machines";
const OS_IMAGE_OVERRIDE: &str = "rollgate_pool_os_image_override";
const OS_IMAGE_MACHINES: &str = "rollgate_pool_os_image_override_machines";
const OS_IMAGE_RELEASES: &str = "rollgate_pool_os_image_releases_behind";
const OS_IMAGE_DAYS: &str = "rollgate_pool_os_image_days_behind";
const MACHINES: &str = "rollgate_pool_machines";
const STRAY: &str = "rollgate_machines_in_no_pool";
const PAUSED: &str = "rollgate_pool_paused";
const UNKNOWN: &str = "rollgate_pool_telemetry_unknown";
const CLUSTER: &str = "rollgate_cluster_info";
const UNREAD: &str = "rollgate_telemetry_unread_objects";

const FAMILIES: &[Family] = &[
    Family {
        name: CLUSTER,
        help: "1 for the minor release that the cluster runs, and the one that it is to run",
        together: Together::Greatest,
    },
    Family {
        name: MACHINES,
        help: "Machines of the pool, by what the Machine Config Operator's daemon does on them",
        together: Together::Sum,
    },
    Family {
        name: STRAY,
        help: "Machines that the Machine Config Operator counts to no pool",
        together: Together::Sum,
    },
    Family {
        name: PAUSED,
        help: "1 while the pool holds updates back, else 0",
        together: Together::Sum,
    },
    Family {
        name: EXTENSIONS,
        help: "1 where the pool asks for the extension, 0 where machines only still run it",
        together: Together::Greatest,
    },
    Family {
        name: EXTENSION_MACHINE_CONFIGS,
        help: "MachineConfigs of the pool that ask for the extension",
        together: Together::Sum,
    },
    Family {
        name: EXTENSION_MACHINES,
        help: "Machines of the pool that are known to run the extension",
        together: Together::Sum,
    },
    Family {
        name: EXTENSION_SUPPORTED,
        help: "1 where the release has the extension for the pool's stream and architectures, else 0; \
               on the current release, and on the target where that is another",
        together: Together::Least,
    },
    Family {
        name: KERNEL_TYPE,
        help: "1 where the pool asks for the kernel, 0 where machines only still run it",
        together: Together::Greatest,
    },
    Family {
        name: KERNEL_TYPE_MACHINES,
        help: "Machines of the pool that are known to run the kernel",
        together: Together::Sum,
    },
    Family {
        name: OS_IMAGE_OVERRIDE,
        help: "1 where an image takes the place of the release's own, by how it is named and whether \
               its signature is trusted",
        together: Together::Greatest,
    },
    Family {
        name: OS_IMAGE_MACHINES,
        help: "Machines of the pool that are known to run an image in place of the release's own",
        together: Together::Sum,
    },
    Family {
        name: OS_IMAGE_RELEASES,
        help: "Minor releases that the pool's image is behind the cluster's release",
        together: Together::Greatest,
    },
    Family {
        name: OS_IMAGE_DAYS,
        help: "Days that the pool's image is older than the release's own",
        together: Together::Greatest,
    },
    Family {
        name: UNKNOWN,
        help: "1 where a part of what is told of the pool is not known",
        together: Together::Greatest,
    },
    Family {
        name: UNREAD,
        help: "Objects of the cluster that could not be read, and may bear on any pool",
        together: Together::Sum,
    },
];

impl TelemetryMetrics {
    /// Registers them; there is no series before the first [`Self::set`].
    pub(crate) fn register(registry: &mut Registry, known: KnownNames) -> Self {
        let metrics = Self { known: Arc::new(known), families: Arc::default() };
        registry.register_collector(Box::new(metrics.clone()));
        metrics
    }

    /// What the cluster asks for and runs from now on. What it no longer does has no series.
    pub(crate) fn set(&self, cluster: &ClusterTelemetry) {
        self.families.store(Arc::new(Families::of(&self.known, cluster)));
    }
}

impl Families {
    fn of(known: &KnownNames, cluster: &ClusterTelemetry) -> Self {
        let mut families = Self::default();
        let labels = PoolLabels::of(cluster.pools.iter().map(|pool| pool.name.as_str()));
        let release = |release: &Option<String>| match release {
            None => Answer::Unknown.word().to_owned(),
            Some(release) if known.releases.contains(release) => release.clone(),
            Some(_) => OTHER.to_owned(),
        };
        let target = match &cluster.target_release {
            None => release(&cluster.release),
            target => release(target),
        };
        families.add(
            CLUSTER,
            &[("release", &release(&cluster.release)), ("target_release", &target)],
            1,
        );
        families.add(UNREAD, &[], signed(cluster.unread.len()));
        for pool in &cluster.pools {
            families.pool(known, labels.label(&pool.name), pool);
        }
        if let Some(stray) = cluster.machines_in_no_pool {
            families.add(STRAY, &[], signed(stray));
        }
        families
    }

    fn pool(&mut self, known: &KnownNames, name: &str, pool: &PoolTelemetry) {
        if let Some(paused) = pool.paused {
            self.add(PAUSED, &[("pool", name)], i64::from(paused));
        }
        if let Some(machines) = pool.machines {
            let states = [
                ("done", machines.done),
                ("working", machines.working),
                ("degraded", machines.degraded),
                ("unknown", machines.unknown),
            ];
            for (state, count) in states {
                self.add(MACHINES, &[("pool", name), ("state", state)], signed(count));
            }
        }
        for extension in closed_extensions(pool) {
            self.extension(name, &extension);
        }
        for kernel in &pool.kernel_types {
            let is_known = known.kernel_types.contains(&kernel.kernel_type);
            let kernel_type = if is_known { kernel.kernel_type.as_str() } else { OTHER };
            let labels = [("pool", name), ("kernel_type", kernel_type)];
            self.add(KERNEL_TYPE, &labels, i64::from(kernel.asked));
            self.add_known(KERNEL_TYPE_MACHINES, &labels, kernel.machines);
        }
        if let Some(image) = &pool.os_image {
            self.os_image(name, image);
        }
        let parts: BTreeSet<UnknownPart> =
            pool.unknown.iter().map(|unknown| unknown.what).collect();
        for part in parts {
            self.add(UNKNOWN, &[("pool", name), ("what", part.word())], 1);
        }
    }

    fn extension(&mut self, pool: &str, extension: &ExtensionTelemetry) {
        let labels = [("pool", pool), ("extension", extension.name.as_str())];
        self.add(EXTENSIONS, &labels, i64::from(extension.asked));
        self.add_known(EXTENSION_MACHINE_CONFIGS, &labels, extension.machine_configs);
        self.add_known(EXTENSION_MACHINES, &labels, extension.machines);
        let answers =
            [("current", Some(extension.supported)), ("target", extension.supported_on_target)];
        for (on, answer) in answers {
            let value = match answer {
                Some(Answer::Yes) => 1,
                Some(Answer::No) => 0,
                Some(Answer::Unknown) | None => continue,
            };
            let labels = [("pool", pool), ("extension", extension.name.as_str()), ("on", on)];
            self.add(EXTENSION_SUPPORTED, &labels, value);
        }
    }

    fn os_image(&mut self, pool: &str, image: &ImageOverride) {
        let (by, signed) = (image.by.word(), image.signed.word());
        self.add(OS_IMAGE_OVERRIDE, &[("pool", pool), ("by", by), ("signed", signed)], 1);
        self.add_known(OS_IMAGE_MACHINES, &[("pool", pool), ("by", by)], image.machines);
        let of_pool = [("pool", pool)];
        self.add_known(OS_IMAGE_RELEASES, &of_pool, image.releases_behind.map(u64::from));
        self.add_known(OS_IMAGE_DAYS, &of_pool, image.days_behind.map(u64::from));
    }

    /// What is not known has no series.
    fn add_known(
        &mut self,
        name: &'static str,
        labels: &[(&'static str, &str)],
        value: Option<u64>,
    ) {
        if let Some(value) = value {
            self.add(name, labels, signed(value));
        }
    }

    fn add(&mut self, name: &'static str, labels: &[(&'static str, &str)], value: i64) {
        let together = FAMILIES.iter().find(|family| family.name == name);
        let together = together.map_or(Together::Greatest, |family| family.together);
        let labels = labels.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        let series = self.0.entry(name).or_default();
        series
            .entry(labels)
            .and_modify(|present| {
                *present = match together {
                    Together::Sum => present.saturating_add(value),
                    Together::Greatest => value.max(*present),
                    Together::Least => value.min(*present),
                };
            })
            .or_insert(value);
    }
}

impl Collector for TelemetryMetrics {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let families = self.families.load();
        for family in FAMILIES {
            let Some(series) = families.0.get(family.name) else { continue };
            let mut metric =
                encoder.encode_descriptor(family.name, family.help, None, MetricType::Gauge)?;
            for (labels, value) in series {
                let labels: Vec<(&str, &str)> =
                    labels.iter().map(|(key, value)| (*key, value.as_str())).collect();
                let gauge = ConstGauge::new(*value);
                if labels.is_empty() {
                    gauge.encode(metric)?;
                    break;
                }
                gauge.encode(metric.encode_family(&labels)?)?;
            }
        }
        Ok(())
    }
}

/// A count as gauges hold it.
fn signed<T: TryInto<i64>>(count: T) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use prometheus_client::encoding::text::encode;
    use prometheus_client::registry::Registry;
    use rollgate_engine::policy::PolicySet;
    use rollgate_engine::telemetry::{ClusterInput, PoolTelemetry, Telemetry};
    use rollgate_engine::{Artifact, Limits};

    use super::{ClusterTelemetry, ExtensionTelemetry, TelemetryMetrics};
    use crate::metrics::pool_labels::MAX_POOLS;

    const EU: &str = include_str!("../../../tests/cli/telemetry/eu.yaml");

    fn telemetry() -> Telemetry {
        Telemetry::new(&PolicySet::embedded().unwrap(), &Limits::default()).unwrap()
    }

    fn text(registry: &Registry) -> String {
        let mut text = String::new();
        encode(&mut text, registry).unwrap();
        text
    }

    /// The snapshot is what a real Prometheus scrapes in `tests/webhook/monitoring.rs`.
    #[test]
    fn a_cluster_in_metrics() {
        let telemetry = telemetry();
        let mut registry = Registry::default();
        let metrics = TelemetryMetrics::register(&mut registry, telemetry.known_names());
        assert_eq!(text(&registry), "# EOF\n");
        let artifact = Artifact::new("eu.yaml", EU);
        metrics.set(&telemetry.cluster(&ClusterInput::new("eu"), [&artifact]));
        let told = text(&registry);
        insta::with_settings!({
            snapshot_path => "../../../tests/webhook/snapshots", prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!("telemetry_metrics", told) });
        for chosen in ["acme", "quay.io", "99-gpu", "worker-0"] {
            assert!(!told.contains(chosen), "{chosen} in {told}");
        }
        // What is gone has no series, and no zero either.
        metrics.set(&ClusterTelemetry::default());
        let gone = text(&registry);
        assert!(!gone.contains("pool="), "{gone}");
    }

    /// Whoever may create pools, name extensions or serve a ClusterVersion chooses no label.
    #[test]
    fn labels_are_bounded() {
        let extension = |name: &str| {
            serde_json::from_value::<ExtensionTelemetry>(serde_json::json!({
                "name": name, "known": false, "asked": true, "supported": "no", "machines": 2,
            }))
            .unwrap()
        };
        let pool = |name: String| PoolTelemetry {
            name,
            extensions: vec![extension("evil\"} 1"), extension("worse")],
            ..PoolTelemetry::default()
        };
        let named = (0..200).map(|nth| format!("a-{nth:03}"));
        let odd = ["worker", "other", "new\nline", "\"}"].map(ToOwned::to_owned);
        let cluster = ClusterTelemetry {
            release: Some("9.9\"".to_owned()),
            pools: named.chain(odd).map(pool).collect(),
            ..ClusterTelemetry::default()
        };
        let mut registry = Registry::default();
        TelemetryMetrics::register(&mut registry, telemetry().known_names()).set(&cluster);
        let text = text(&registry);
        let machines = |line: &&str| line.starts_with("rollgate_pool_extension_machines{");
        let series: Vec<_> = text.lines().filter(machines).collect();
        assert_eq!(series.len(), MAX_POOLS + 1, "{text}");
        let line = |pool: &str, machines: usize| {
            format!(
                "rollgate_pool_extension_machines{{pool=\"{pool}\",extension=\"other\"}} {machines}"
            )
        };
        // Two machines of each pool that has no label, and not four for two extensions.
        let others = cluster.pools.len() - MAX_POOLS;
        assert!(series.contains(&line("worker", 2).as_str()), "{text}");
        assert!(series.contains(&line("other", 2 * others).as_str()), "{text}");
        assert!(!text.contains("evil") && !text.contains("9.9"), "{text}");
    }
}
