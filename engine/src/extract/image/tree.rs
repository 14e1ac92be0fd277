//! The tree: what the layers of an image come to, and what they removed on the way.
//!
//! Owns whiteouts, hard links and the objects of ostree repositories. Must not know what a file is
//! for.
//!
//! Layers `etc/motd`, `etc/.wh.motd` come to `/etc`, and to a removed `/etc/motd`. Where engines would
//! not come to the same tree (a name that leads through a link, a hard link to another layer) it is
//! the one of overlayfs, which nodes use, and a problem.

mod hard_link;
mod merge;
mod resolve;

use std::sync::Arc;

use rollgate_facts::{FileKind, SecretKind};
use thiserror::Error;

use super::{LayerContents, LayerProblem, NotKept};
use crate::limits::ImageLimits;

/// What the layers of an image come to.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// What is there, sorted by path.
    pub entries: Vec<TreeEntry>,
    /// What a later layer removed or replaced, sorted by path and layer; folders left out.
    pub removed: Vec<TreeEntry>,
    /// What is wrong with the layers, and in which.
    pub problems: Vec<(usize, LayerProblem)>,
    /// The absolute paths of files that are there, whose contents were wanted and are not, and why:
    /// what they say is not known. Sorted by path.
    pub not_kept: Vec<(Box<str>, NotKept)>,
}

/// An entry of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeEntry {
    /// The absolute path.
    pub path: Box<str>,
    /// What it is; a hard link is what it leads to.
    pub kind: FileKind,
    /// The permission bits with setuid, setgid and sticky.
    pub mode: u32,
    /// The user id.
    pub uid: u64,
    /// The group id.
    pub gid: u64,
    /// The size, in bytes.
    pub size: u64,
    /// The target of a symbolic link, as written.
    pub target: Option<Box<str>>,
    /// The SHA-256 of a file, where it was computed.
    pub digest: Option<[u8; 32]>,
    /// The extended attribute `security.capability`.
    pub capabilities: Option<Box<[u8]>>,
    /// What secret it holds.
    pub secret: Option<SecretKind>,
    /// The layer that brought the entry at this path, from 0.
    pub layer: usize,
    /// Its contents, where they were wanted.
    pub content: Option<Arc<[u8]>>,
}

/// Why layers come to no tree.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TreeError {
    /// Together they reach a limit.
    #[error("the limit `{limit}` of {value} is reached, at the layer {layer} counted from 0")]
    Limit {
        /// The name of the limit.
        limit: &'static str,
        /// Its value.
        value: u64,
        /// The layer at which it is reached, from 0.
        layer: usize,
    },
}

impl Tree {
    /// What layers come to, the lowest first.
    pub fn of(
        layers: impl IntoIterator<Item = Arc<LayerContents>>,
        limits: &ImageLimits,
    ) -> Result<Self, TreeError> {
        let layers: Vec<_> = layers.into_iter().collect();
        merge::check_limits(&layers, limits)?;
        Ok(merge::merge(&layers))
    }

    /// The entry at an absolute path, links not followed.
    pub fn get(&self, path: &str) -> Option<&TreeEntry> {
        let found = self.entries.binary_search_by(|entry| (*entry.path).cmp(path)).ok()?;
        self.entries.get(found)
    }

    /// The entry that an absolute path leads to inside the image, links followed; none where they
    /// lead to nothing, or in a circle.
    pub fn resolve(&self, path: &str) -> Option<&TreeEntry> {
        resolve::resolve(self, path)
    }

    /// What is under a folder, at any depth, sorted by path; the folder itself is not.
    pub fn under(&self, folder: &str) -> &[TreeEntry] {
        let folder = format!("{}/", folder.trim_end_matches('/'));
        let from = self.entries.partition_point(|entry| *entry.path <= *folder);
        let rest = self.entries.get(from..).unwrap_or_default();
        let count = rest.partition_point(|entry| entry.path.starts_with(&folder));
        rest.get(..count).unwrap_or_default()
    }

    /// The contents of the file that a path leads to, where they were kept.
    pub fn content(&self, path: &str) -> Option<&[u8]> {
        self.resolve(path)?.content.as_deref()
    }
}
