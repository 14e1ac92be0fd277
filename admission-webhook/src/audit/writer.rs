//! What the audit writes to the cluster: Events, and policy reports.
//!
//! Owns what has been written already, and that only the holder of the Lease writes. Must not decide
//! what is wrong.

use std::collections::{BTreeMap, BTreeSet};

use rollgate_engine::Digest;
use rollgate_engine::report::policy_reports;
use rollgate_sources::cluster::{Cluster, ClusterError, Events, Leadership, PolicyReports};
use serde_json::Value;
use tracing::{info, warn};

use super::Audited;
use super::notice::{self, Known};
use crate::metrics::{AuditMetrics, Output};

/// Writes to a cluster.
#[derive(Debug)]
pub(crate) struct Writer {
    cluster: Cluster,
    leadership: Leadership,
    events: Events,
    /// What was found last, by whichever replica.
    known: Known,
    /// The digests of the reports as this replica wrote them; empty since it did not hold the Lease.
    written: BTreeMap<String, Digest>,
}

impl Writer {
    /// Writes while the Lease is held.
    pub(crate) fn new(cluster: Cluster, leadership: Leadership, events: Events) -> Self {
        let (known, written) = (Known::new(), BTreeMap::new());
        Self { cluster, leadership, events, known, written }
    }

    /// Whether this replica writes.
    pub(crate) fn may_write(&self) -> bool {
        self.leadership.may_write()
    }

    /// Waits until that changes.
    pub(crate) async fn leadership_changed(&self) {
        self.leadership.changed().await;
    }

    /// Gives the Lease up.
    pub(crate) async fn end(self) {
        self.leadership.give_up().await;
    }

    /// Writes what an audit found, as far as it is new.
    pub(super) async fn write(&mut self, audited: &Audited, metrics: &AuditMetrics) {
        if !self.may_write() {
            // Whoever holds the Lease tells of it; should this replica take it over, it tells of
            // what is new since.
            self.known = notice::known(&audited.report);
            self.written.clear();
            return;
        }
        self.write_events(audited, metrics).await;
        if let Err(error) = self.write_reports(audited, metrics).await {
            metrics.wrote(Output::Report, false);
            warn!(%error, "policy reports cannot be looked after");
        }
    }

    async fn write_events(&mut self, audited: &Audited, metrics: &AuditMetrics) {
        let now = notice::known(&audited.report);
        notice::forget(&mut self.known, &now);
        let news = notice::notices(&self.known, &now, &audited.report, &audited.objects);
        for (key, fault, notice) in news {
            if let Some(notice) = notice {
                if !self.may_write() {
                    return;
                }
                let written = self.events.warn(&notice).await;
                metrics.wrote(Output::Event, written.is_ok());
                if let Err(error) = written {
                    // It is news still when the next audit is done.
                    warn!(%error, "an Event is not written");
                    continue;
                }
            }
            self.known.insert(key.clone(), fault);
        }
    }

    async fn write_reports(
        &mut self,
        audited: &Audited,
        metrics: &AuditMetrics,
    ) -> Result<(), ClusterError> {
        let Some(reports) = PolicyReports::find(&self.cluster).await? else {
            self.written.clear();
            return Ok(());
        };
        let first = self.written.is_empty();
        let mut wanted = BTreeSet::new();
        for report in policy_reports(&audited.report, &audited.pools) {
            let name = report.pointer("/metadata/name").and_then(Value::as_str);
            let name = name.unwrap_or_default().to_owned();
            wanted.insert(name.clone());
            let digest = Digest::of(report.to_string().as_bytes());
            if self.written.get(&name) == Some(&digest) {
                continue;
            }
            if !self.may_write() {
                return Ok(());
            }
            let applied = reports.apply(&report).await;
            metrics.wrote(Output::Report, applied.is_ok());
            match applied {
                Ok(()) => drop(self.written.insert(name, digest)),
                // One that is refused keeps nobody from the others.
                Err(error) => warn!(report = name, %error, "a policy report is not written"),
            }
        }
        // Others may have written before; afterwards it is known what is there.
        let there = if first { reports.names().await? } else { self.names() };
        // What cannot be read may be there all the same.
        if audited.objects.gaps.is_empty() {
            for gone in there.difference(&wanted) {
                if !self.may_write() {
                    return Ok(());
                }
                info!(report = gone, "the pool is gone, and its report with it");
                reports.delete(gone).await?;
                self.written.remove(gone);
            }
        }
        Ok(())
    }

    fn names(&self) -> BTreeSet<String> {
        self.written.keys().cloned().collect()
    }
}
