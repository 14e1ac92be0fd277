//! The tree: what the layers of an image come to, and what they removed on the way.
//!
//! Owns whiteouts, hard links and the objects of ostree repositories. Must not know what a file is
//! for.

use std::sync::Arc;

use rollgate_facts::{FileKind, SecretKind};

use super::LayerProblem;

/// What the layers of an image come to.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// What is there, sorted by path.
    pub entries: Vec<TreeEntry>,
    /// What a later layer removed or replaced, sorted by path and layer; folders left out.
    pub removed: Vec<TreeEntry>,
    /// What is wrong with the layers, and in which.
    pub problems: Vec<(usize, LayerProblem)>,
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

impl Tree {
    /// The entry at an absolute path, links not followed.
    pub fn get(&self, path: &str) -> Option<&TreeEntry> {
        let found = self.entries.binary_search_by(|entry| (*entry.path).cmp(path)).ok()?;
        self.entries.get(found)
    }
}
