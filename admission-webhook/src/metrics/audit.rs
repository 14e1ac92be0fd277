//! Metrics of the audit: what is wrong in which pool, and whether it is still looked for.
//!
//! Owns names, help and labels. Pools are the only names that somebody chose, and only so many of them.
//! Each scrape sees the findings of one audit whole.
//!
//! Two high findings reach the pool `worker` → `rollgate_pool_violations{pool="worker",severity="high"} 2`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use arc_swap::ArcSwap;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric as _};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use rollgate_engine::report::{Level, Report, Severity};

use super::PoolLabels;

const SEVERITIES: [Severity; 4] =
    [Severity::Low, Severity::Medium, Severity::High, Severity::Critical];

/// What the last audit found, and how audits go.
#[derive(Debug, Clone)]
pub(crate) struct AuditMetrics {
    found: Arc<ArcSwap<Found>>,
    last: Gauge<f64, AtomicU64>,
    duration: Histogram,
    failures: Counter,
    leads: Gauge,
    writes: Family<Written, Counter>,
}

/// What is written to a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    /// An Event.
    Event,
    /// A policy report.
    Report,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Written {
    kind: &'static str,
    result: &'static str,
}

/// The findings of one audit.
#[derive(Debug, Default)]
struct Found {
    /// By pool and severity.
    violations: BTreeMap<(String, Severity), i64>,
    /// `None` before the first audit.
    inconclusive: Option<i64>,
    objects: i64,
}

#[derive(Debug)]
struct FoundCollector(Arc<ArcSwap<Found>>);

impl AuditMetrics {
    /// Registers them.
    pub(crate) fn register(registry: &mut Registry) -> Self {
        let found = Arc::<ArcSwap<Found>>::default();
        registry.register_collector(Box::new(FoundCollector(found.clone())));
        let (last, failures, leads) = (Gauge::default(), Counter::default(), Gauge::default());
        // From an empty cluster to one that takes minutes.
        let duration = Histogram::new(exponential_buckets(0.01, 2.0, 15));
        let writes = Family::default();
        registry.register(
            "rollgate_last_audit_timestamp_seconds",
            "When the last audit of the cluster was finished",
            Gauge::clone(&last),
        );
        registry.register(
            "rollgate_audit_duration_seconds",
            "How long audits take",
            duration.clone(),
        );
        registry.register(
            "rollgate_audit_failures",
            "Audits that came to no report",
            Counter::clone(&failures),
        );
        registry.register(
            "rollgate_audit_leader",
            "1 while this replica holds the Lease and writes Events and reports",
            Gauge::clone(&leads),
        );
        registry.register(
            "rollgate_audit_writes",
            "Events and policy reports that were written, or could not be",
            Family::clone(&writes),
        );
        Self { found, last, duration, failures, leads, writes }
    }

    /// Takes what an audit found in these pools.
    pub(crate) fn audited(&self, report: &Report, pools: &BTreeSet<String>, took: Duration) {
        self.found.store(Arc::new(Found::of(report, pools)));
        self.duration.observe(took.as_secs_f64());
        self.last.set(jiff::Timestamp::now().as_duration().as_secs_f64());
    }

    /// An audit came to no report.
    pub(crate) fn failed(&self) {
        self.failures.inc();
    }

    /// Whether this replica writes.
    pub(crate) fn leads(&self, leads: bool) {
        self.leads.set(leads.into());
    }

    /// Something was written, or could not be.
    pub(crate) fn wrote(&self, output: Output, done: bool) {
        let kind = match output {
            Output::Event => "event",
            Output::Report => "report",
        };
        let result = if done { "ok" } else { "error" };
        self.writes.get_or_create(&Written { kind, result }).inc();
    }
}

impl Found {
    fn of(report: &Report, pools: &BTreeSet<String>) -> Self {
        let labels = PoolLabels::of(pools.iter().map(String::as_str));
        let label = |pool: &str| labels.label(pool).to_owned();
        let mut violations = BTreeMap::new();
        // Nothing is a number as well: a pool without findings is no pool without an audit.
        for pool in pools {
            for severity in SEVERITIES {
                violations.entry((label(pool), severity)).or_default();
            }
        }
        let count = |level| !matches!(level, Level::Waived | Level::Known);
        for finding in report.findings.iter().filter(|finding| count(finding.level)) {
            let reached: BTreeSet<String> = finding.pools.iter().map(|pool| label(pool)).collect();
            // What reaches no pool has no name of one.
            let reached = if reached.is_empty() { [String::new()].into() } else { reached };
            for pool in reached {
                *violations.entry((pool, finding.severity)).or_default() += 1;
            }
        }
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        Self {
            violations,
            inconclusive: Some(number(report.counts.inconclusive)),
            objects: number(report.inputs.len()),
        }
    }
}

impl Collector for FoundCollector {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let found = self.0.load();
        let Some(inconclusive) = found.inconclusive else { return Ok(()) };
        let mut family = encoder.encode_descriptor(
            "rollgate_pool_violations",
            "Findings that are not waived, by the pools that they reach",
            None,
            MetricType::Gauge,
        )?;
        for ((pool, severity), count) in &found.violations {
            let labels = [("pool", pool.as_str()), ("severity", severity.name())];
            ConstGauge::new(*count).encode(family.encode_family(&labels)?)?;
        }
        let gauges = [
            (
                "rollgate_audit_inconclusive",
                "What the last audit could not decide, for want of facts",
                inconclusive,
            ),
            ("rollgate_audit_objects", "Objects that the last audit judged", found.objects),
        ];
        for (name, help, value) in gauges {
            let metric = encoder.encode_descriptor(name, help, None, MetricType::Gauge)?;
            ConstGauge::new(value).encode(metric)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use prometheus_client::encoding::text::encode;
    use rollgate_engine::policy::PolicySet;
    use rollgate_engine::{Artifact, Gate, Input, Settings};

    use super::*;
    use crate::metrics::pool_labels::MAX_POOLS;

    #[test]
    fn pools_beyond_the_limit_share_a_label() {
        let pools: BTreeSet<String> = (0..60)
            .map(|index| if index == 0 { "worker".to_owned() } else { format!("pool-{index}") })
            .collect();
        let bad = rollgate_testkit::MachineConfig::new("99-bad").role("worker");
        let text = rollgate_testkit::cluster::yaml(1, 60)
            + "---\n"
            + &bad.kernel_argument("mitigations=off").yaml();
        let policies = PolicySet::embedded().unwrap();
        let gate = Gate::new(&policies, Settings::on(jiff::civil::date(2026, 11, 21)));
        let report = gate.check(Input::new(vec![Artifact::new("cluster.yaml", text)])).unwrap();

        let mut registry = Registry::default();
        let metrics = AuditMetrics::register(&mut registry);
        let shown = |registry: &Registry| {
            let mut text = String::new();
            encode(&mut text, registry).unwrap();
            text
        };
        // Before the first audit nothing is known, which is not nothing found.
        assert!(!shown(&registry).contains("rollgate_pool_violations"));
        metrics.audited(&report, &pools, Duration::from_millis(20));
        let text = shown(&registry);
        let high = |pool: &str| {
            let series = format!("rollgate_pool_violations{{pool=\"{pool}\",severity=\"high\"}} ");
            text.lines().find_map(|line| line.strip_prefix(&*series))
        };
        assert_eq!((high("worker"), high("pool-1")), (Some("1"), Some("1")));
        // One finding, however many pools share the label.
        assert_eq!((high("pool-9"), high("other")), (None, Some("1")));
        let series = text.lines().filter(|line| line.starts_with("rollgate_pool_violations{"));
        let named = series.filter(|line| line.contains("severity=\"high\""));
        assert_eq!(named.count(), MAX_POOLS + 1);
        assert!(text.contains("rollgate_audit_objects 1\n"), "{text}");
    }
}
