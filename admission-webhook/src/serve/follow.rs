//! Keeping up with the cluster: its objects for decisions, and its TLS profile.
//!
//! Must not judge. What is read of the objects is read before any review sees it, so that no API
//! server waits for it.

use std::sync::Arc;
use std::time::Duration;

use rollgate_sources::Unread;
use rollgate_sources::cluster::{ClusterError, Live, ObjectKey, Objects, WatchOptions};
use tokio::sync::watch;
use tokio::task;
use tokio::time::{self, MissedTickBehavior};
use tracing::{error, info, warn};

use crate::args::Serve;
use crate::judging::Current;
use crate::state::{Faults, State};
use crate::tls::Profile;

/// Time between two looks at whether what is known is current.
const LOOK: Duration = Duration::from_secs(1);

/// The objects that the arguments name: a folder, or a cluster.
pub(super) async fn objects(arguments: &Serve, judging: &Current) -> Result<Live, ClusterError> {
    if let Some(folder) = &arguments.common.objects {
        return Live::folder(&judging.get().settings.limits, folder);
    }
    let kubeconfig = arguments.common.kubeconfig.clone();
    Live::watch(WatchOptions { kubeconfig, ..WatchOptions::default() }).await
}

/// Takes in every state of the cluster.
pub(super) async fn follow(
    mut live: Live,
    state: Arc<State>,
    judging: Arc<Current>,
    profiles: watch::Sender<Profile>,
) {
    let mut looks = time::interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut was_ready = false;
    let mut gaps = Vec::new();
    loop {
        let objects = live.objects();
        follow_profile(&objects, &profiles);
        tell(&objects.gaps, &mut gaps);
        take(&objects, &state, &judging).await;
        loop {
            let faults = Faults { not_synced: live.not_synced(), stale: live.stale() };
            if faults.not_synced.is_none() && !was_ready {
                was_ready = true;
                info!(objects = objects.objects.len(), "the cluster is known");
            }
            state.set_faults(faults);
            tokio::select! {
                () = live.changed() => break,
                _ = looks.tick() => {}
            }
        }
    }
}

/// Tells of what cannot be read and could be before.
fn tell(gaps: &[Unread], told: &mut Vec<Unread>) {
    for gap in gaps.iter().filter(|gap| !told.contains(gap)) {
        warn!(object = gap.name, reason = gap.message, "an object of the cluster cannot be read");
    }
    *told = gaps.to_vec();
}

async fn take(objects: &Arc<Objects>, state: &Arc<State>, judging: &Arc<Current>) {
    let (objects, state) = (Arc::clone(objects), Arc::clone(state));
    let limits = judging.get().settings.limits.clone();
    let taken = task::spawn_blocking(move || {
        let gaps = objects.gaps.iter().cloned().map(Into::into).collect();
        state.take(&limits, objects.objects.values(), gaps);
    });
    if let Err(error) = taken.await {
        error!(%error, "the state of the cluster could not be taken in");
    }
}

/// Hands on what the cluster's APIServer object says, where it differs.
fn follow_profile(objects: &Objects, profiles: &watch::Sender<Profile>) {
    let key =
        ObjectKey { kind: "APIServer".to_owned(), namespace: None, name: "cluster".to_owned() };
    let Some(object) = objects.objects.get(&key) else { return };
    match Profile::of_api_server(object.bytes()) {
        Ok(profile) => {
            profiles.send_if_modified(|now| {
                let differs = *now != profile;
                *now = profile;
                differs
            });
        }
        Err(error) => error!(%error, "the cluster's TLS profile cannot be read"),
    }
}
