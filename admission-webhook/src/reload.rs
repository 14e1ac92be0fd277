//! Keeping up with the configuration: policies, waivers, parameters and modes.
//!
//! A mounted ConfigMap is exchanged behind a link, so files are read again and compared, as those of
//! certificates are. A set that does not load leaves the one before in force, and turns a metric red.

use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::task;
use tokio::time::{self, MissedTickBehavior};
use tracing::{error, info};

use crate::judging::{Current, Reloaded};
use crate::metrics::PolicyMetrics;

/// Time between two looks at the files. The kubelet takes up to a minute to bring a change.
const LOOK: Duration = Duration::from_secs(5);

/// Looks at the files every few seconds, and at once on `SIGHUP`.
pub(crate) async fn keep_up(judging: Arc<Current>, metrics: PolicyMetrics) {
    let mut looks = time::interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut hang_up = match signal(SignalKind::hangup()) {
        Ok(hang_up) => hang_up,
        Err(error) => return error!(%error, "policies cannot be reloaded"),
    };
    loop {
        tokio::select! {
            _ = looks.tick() => {}
            _ = hang_up.recv() => {}
        }
        let current = Arc::clone(&judging);
        match task::spawn_blocking(move || current.reload()).await {
            Ok(Ok(Reloaded::Same)) => {}
            Ok(Ok(Reloaded::Anew)) => {
                let policies = judging.get().policies.digest().to_string();
                metrics.loaded(&policies);
                info!(policies, "the configuration was reloaded");
            }
            Ok(Err(failure)) => {
                metrics.failed();
                let reason = rollgate_engine::report::clean(&format!("{failure:?}"));
                error!(reason, "the configuration does not load, the one before judges");
            }
            Err(error) => {
                metrics.failed();
                error!(%error, "the configuration could not be reloaded");
            }
        }
    }
}
