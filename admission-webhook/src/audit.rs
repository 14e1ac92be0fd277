//! The audit: all objects of a cluster, judged again and again.
//!
//! Owns when is judged, and that nothing is written by two replicas. Must not know how an object is
//! watched or written, nor what a rule says. A change is judged a few seconds later; where nothing
//! changes, after the interval, as waivers end and rules take effect.

mod notice;
mod writer;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use rollgate_engine::report::Report;
use rollgate_engine::telemetry::{ClusterInput, ClusterTelemetry, Telemetry, TelemetryError};
use rollgate_engine::{Gate, GateError, Input, Settings};
use rollgate_sources::Unread;
use rollgate_sources::cluster::{Live, Objects};
use tokio::time::Instant;
use tracing::{debug, error, info, warn};

use crate::judging::{Current, Judging, today};
use crate::metrics::{AuditMetrics, TelemetryMetrics};
pub(crate) use writer::Writer;

/// How long after a change is judged: an apply of a folder, or the rendering of pools, is many changes.
const GATHER: Duration = Duration::from_secs(3);

/// How long is rested after an audit, as so many times what it took: it must not take a core of the
/// control plane because something never stops changing.
const REST: u32 = 4;

/// How long until it is looked again whether all objects are here.
const NOT_YET: Duration = Duration::from_millis(250);

/// The audit of a cluster.
#[derive(Debug)]
pub(crate) struct Audit {
    live: Live,
    judging: Arc<Current>,
    metrics: AuditMetrics,
    telemetry: TelemetryMetrics,
    /// Absent where there is no cluster to write to.
    writer: Option<Writer>,
    interval: Duration,
}

/// What an audit came to.
#[derive(Debug)]
struct Audited {
    objects: Arc<Objects>,
    report: Report,
    telemetry: ClusterTelemetry,
    pools: BTreeSet<String>,
}

/// Why there is no audit.
#[derive(Debug, thiserror::Error)]
enum AuditError {
    /// Nothing could be judged.
    #[error(transparent)]
    Gate(#[from] GateError),
    /// Nothing could be counted.
    #[error(transparent)]
    Telemetry(#[from] TelemetryError),
}

impl Audit {
    /// An audit of these objects, at least this often.
    pub(crate) fn new(
        live: Live,
        judging: Arc<Current>,
        (metrics, telemetry): (AuditMetrics, TelemetryMetrics),
        writer: Option<Writer>,
        interval: Duration,
    ) -> Self {
        Self { live, judging, metrics, telemetry, writer, interval }
    }

    /// Audits; never ends.
    pub(crate) async fn run(&mut self) {
        let mut due = Instant::now();
        let mut rested = due;
        loop {
            tokio::select! {
                () = tokio::time::sleep_until(due) => {
                    let start = Instant::now();
                    due = match self.once().await {
                        Some(wait) => Instant::now() + wait,
                        None => Instant::now() + self.interval,
                    };
                    rested = Instant::now() + start.elapsed().saturating_mul(REST);
                }
                () = self.live.changed() => due = due.min(Instant::now() + GATHER).max(rested),
                () = leadership_changed(self.writer.as_ref()) => {
                    let leads = self.writer.as_ref().is_some_and(Writer::may_write);
                    info!(leads, "the Lease");
                    self.metrics.leads(leads);
                    // Whoever writes from now on writes what is.
                    due = if leads { rested } else { due };
                }
            }
        }
    }

    /// Gives up writing, so that another replica may begin.
    pub(crate) async fn end(self) {
        if let Some(writer) = self.writer {
            writer.end().await;
        }
    }

    /// Judges everything once. How long is to be waited, where it could not be done.
    async fn once(&mut self) -> Option<Duration> {
        if let Some(missing) = self.live.not_synced() {
            debug!(missing, "not everything is here yet");
            return Some(NOT_YET);
        }
        if let Some(stale) = self.live.stale() {
            warn!(stale, "nothing is judged, as it may no longer be so");
            return Some(GATHER);
        }
        let (objects, judging) = (self.live.objects(), self.judging.get());
        let start = Instant::now();
        let judged = tokio::task::spawn_blocking(move || check(&judging, objects)).await;
        let audited = match judged {
            Ok(Ok(audited)) => audited,
            Ok(Err(error)) => {
                error!(%error, "no audit");
                self.metrics.failed();
                return None;
            }
            Err(error) => {
                error!(%error, "no audit");
                self.metrics.failed();
                return None;
            }
        };
        let took = start.elapsed();
        let counts = &audited.report.counts;
        info!(
            generation = audited.objects.generation,
            objects = audited.objects.objects.len(),
            denied = counts.denied,
            warned = counts.warned,
            inconclusive = counts.inconclusive,
            took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            "audited"
        );
        self.telemetry.set(&audited.telemetry);
        self.metrics.audited(&audited.report, &audited.pools, took);
        if let Some(writer) = &mut self.writer {
            writer.write(&audited, &self.metrics).await;
        }
        None
    }
}

/// Judges the objects as `rollgate check` would.
fn check(judging: &Judging, objects: Arc<Objects>) -> Result<Audited, AuditError> {
    let settings = Settings { today: today(), ..judging.settings.clone() };
    let artifacts = objects.objects.values().map(|artifact| (**artifact).clone()).collect();
    let input = Input {
        target: judging.target.clone(),
        unread: objects.gaps.iter().cloned().map(Into::into).collect(),
        allow_empty: true,
        ..Input::new(artifacts)
    };
    let report = Gate::new(&judging.policies, settings).check(input)?;
    let pools = pools(&objects, &report);
    let telemetry = Telemetry::new(&judging.policies, &judging.settings.limits)?;
    let unread = |gap: &Unread| rollgate_engine::telemetry::Unread {
        name: gap.name.clone(),
        message: gap.message.clone(),
        help: gap.help.clone(),
    };
    let cluster = ClusterInput {
        target: judging.target.clone(),
        unread: objects.gaps.iter().map(unread).collect(),
        ..ClusterInput::new("cluster")
    };
    let artifacts = objects.objects.values().map(AsRef::as_ref);
    let telemetry = telemetry.cluster(&cluster, artifacts);
    Ok(Audited { objects, report, telemetry, pools })
}

/// The pools: those of the cluster, and those that only role labels tell of.
fn pools(objects: &Objects, report: &Report) -> BTreeSet<String> {
    let own = objects.objects.keys().filter(|key| key.kind == "MachineConfigPool");
    let judged = report
        .outcomes
        .iter()
        .filter_map(|outcome| outcome.subject.strip_prefix("MachineConfigPool/"));
    own.map(|key| key.name.clone()).chain(judged.map(ToOwned::to_owned)).collect()
}

async fn leadership_changed(writer: Option<&Writer>) {
    match writer {
        Some(writer) => writer.leadership_changed().await,
        None => std::future::pending().await,
    }
}
