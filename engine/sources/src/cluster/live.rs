//! The objects of a cluster, kept up to date in the background.
//!
//! Owns who is told of changes, and that what follows the cluster ends with who asked for it. Must not
//! know how a cluster or a folder is followed.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rollgate_engine::Limits;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::connection::Cluster;
use super::kind::KINDS;
use super::state::State;
use super::watching::follow;
use super::{ClusterError, Objects, WatchOptions, folder};

/// How long changes are gathered after one was told: a rendered pool comes with a pool's new status,
/// and a copy of what is known takes time with thousands of objects.
const GATHER: Duration = Duration::from_millis(20);

/// The objects of a cluster, as of now. Cheap to clone; the clones see the same objects.
#[derive(Debug, Clone)]
pub struct Live {
    objects: watch::Receiver<Arc<Objects>>,
    cluster: Option<Arc<Following>>,
}

/// What follows a cluster; ends with the last who asks.
#[derive(Debug)]
struct Following {
    state: Arc<State>,
    tasks: Vec<AbortHandle>,
}

impl Drop for Following {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}

impl Live {
    /// Watches a cluster. It need not answer yet: [`Live::not_synced`] says what is missing.
    ///
    /// # Errors
    ///
    /// When it is not known where the cluster is.
    pub async fn watch(options: WatchOptions) -> Result<Self, ClusterError> {
        Ok(Self::of(&Cluster::connect(&options).await?))
    }

    /// Watches a cluster that is connected.
    pub fn of(cluster: &Cluster) -> Self {
        let state = State::new();
        let (sender, objects) = watch::channel(Arc::default());
        let following = KINDS.iter().map(|kind| {
            tokio::spawn(follow(state.clone(), cluster.client.clone(), kind)).abort_handle()
        });
        let mut tasks: Vec<_> = following.collect();
        tasks.push(tokio::spawn(publish(state.clone(), sender)).abort_handle());
        Self { objects, cluster: Some(Arc::new(Following { state, tasks })) }
    }

    /// Takes the objects of the files below a folder, now and whenever they change.
    ///
    /// # Errors
    ///
    /// When the folder is not there, or cannot be watched.
    pub fn folder(limits: &Limits, dir: &Path) -> Result<Self, ClusterError> {
        Ok(Self { objects: folder::follow(limits, dir)?, cluster: None })
    }

    /// The objects as of now.
    pub fn objects(&self) -> Arc<Objects> {
        self.objects.borrow().clone()
    }

    /// Which kinds are still to come, and what keeps them.
    pub fn not_synced(&self) -> Option<String> {
        let state = &self.cluster.as_ref()?.state;
        // What is known has to be seen as well.
        state.not_synced().or_else(|| {
            let behind = state.generation() > self.objects.borrow().generation;
            behind.then(|| "the objects are being taken in".to_owned())
        })
    }

    /// A watch that has been broken for too long, and since when. What is known may no longer hold.
    pub fn stale(&self) -> Option<String> {
        self.cluster.as_ref()?.state.stale(Instant::now())
    }

    /// Waits for the next generation.
    pub async fn changed(&mut self) {
        if self.objects.changed().await.is_err() {
            // Nobody is left who could change them.
            std::future::pending::<()>().await;
        }
    }
}

async fn publish(state: Arc<State>, sender: watch::Sender<Arc<Objects>>) {
    loop {
        state.changed.notified().await;
        sender.send_replace(Arc::new(state.objects()));
        tokio::time::sleep(GATHER).await;
    }
}
