//! The state of the cluster, as decisions see it.
//!
//! Owns the objects that were read last, and whether they are current. Must not know whence they come.

use std::sync::Arc;

use arc_swap::ArcSwap;
use rollgate_engine::report::Unjudged;
use rollgate_engine::{Artifact, Cluster, Limits};

/// What is known of the cluster.
#[derive(Debug)]
pub(crate) struct State {
    cluster: ArcSwap<Cluster>,
    faults: ArcSwap<Faults>,
}

/// What is wrong with what is known.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Faults {
    /// What is missing before anything can be decided.
    pub(crate) not_synced: Option<String>,
    /// Why what is known may be out of date.
    pub(crate) stale: Option<String>,
}

impl Default for State {
    /// Nothing is known yet, which is no state to decide in.
    fn default() -> Self {
        let not_synced = Some("the objects of the cluster have not been read yet".to_owned());
        Self {
            cluster: ArcSwap::default(),
            faults: ArcSwap::from_pointee(Faults { not_synced, stale: None }),
        }
    }
}

impl State {
    /// The cluster.
    pub(crate) fn cluster(&self) -> Arc<Cluster> {
        self.cluster.load_full()
    }

    /// What is wrong.
    pub(crate) fn faults(&self) -> Arc<Faults> {
        self.faults.load_full()
    }

    /// Takes a new state of the cluster in. It is read before anyone sees it.
    pub(crate) fn take<'a>(
        &self,
        limits: &Limits,
        objects: impl IntoIterator<Item = &'a Arc<Artifact>>,
        gaps: Vec<Unjudged>,
    ) {
        let next = self.cluster().next(limits, objects, gaps);
        self.cluster.store(Arc::new(next));
    }

    /// Says what is wrong.
    pub(crate) fn set_faults(&self, faults: Faults) {
        self.faults.store(Arc::new(faults));
    }
}
