//! The objects of a cluster, from its API or from files, and what is written back to it.
//!
//! Owns every call of the Kubernetes API: watching and listing what bears on the node operating
//! system, the Lease, Events and policy reports. Must not interpret the objects. No type of the client
//! leaves this module.
//!
//! ```no_run
//! # async fn example() -> Result<(), rollgate_sources::cluster::ClusterError> {
//! use rollgate_sources::cluster::{Live, WatchOptions};
//! let mut live = Live::watch(WatchOptions::default()).await?;
//! while live.not_synced().is_some() {
//!     live.changed().await;
//! }
//! println!("{} objects", live.objects().objects.len());
//! # Ok(())
//! # }
//! ```

mod connection;
mod folder;
mod health;
mod kept;
mod kind;
mod lease;
mod live;
mod once;
mod report;
mod state;
mod watching;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use rollgate_engine::Artifact;

use crate::Unread;
use crate::input::SourceError;
pub use connection::Cluster;
pub use lease::Leadership;
pub use live::Live;
pub use once::read_once;
pub use report::{Events, Notice, NoticeObject, PolicyReports};

/// The objects of a cluster at one moment.
#[derive(Debug, Clone, Default)]
pub struct Objects {
    /// Rises when something changed that is kept.
    pub generation: u64,
    /// Each object as an artifact of its own, by which it is.
    pub objects: BTreeMap<ObjectKey, Arc<Artifact>>,
    /// What could not be read, sorted.
    pub gaps: Vec<Unread>,
}

/// Which object of a cluster it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObjectKey {
    /// `kind`
    pub kind: String,
    /// `metadata.namespace`, of an object that lives in one.
    pub namespace: Option<String>,
    /// `metadata.name`
    pub name: String,
}

/// Which cluster, and as whom. By default it is the one that the environment names: a kubeconfig, or
/// the cluster whose pod this is.
#[derive(Debug, Clone, Default)]
pub struct WatchOptions {
    /// A kubeconfig.
    pub kubeconfig: Option<PathBuf>,
    /// A context of the kubeconfig, where it is not the current one.
    pub context: Option<String>,
}

/// Why the objects of a cluster cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// It is not known where the cluster is.
    #[error("no cluster: {0}")]
    Configuration(String),
    /// The cluster does not answer, or refuses.
    #[error("the cluster does not answer: {0}")]
    Unanswered(String),
    /// The folder that stands for a cluster cannot be read.
    #[error(transparent)]
    Folder(#[from] SourceError),
    /// The folder that stands for a cluster cannot be watched.
    #[error(transparent)]
    FolderWatch(#[from] crate::WatchError),
}

impl fmt::Display for ObjectKey {
    /// `MachineConfig/99-worker`, or `NodePool/clusters/one`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.namespace {
            Some(namespace) => write!(formatter, "{}/{namespace}/{}", self.kind, self.name),
            None => write!(formatter, "{}/{}", self.kind, self.name),
        }
    }
}
