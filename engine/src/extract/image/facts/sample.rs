//! Trees of images for tests, made in memory.

use rollgate_facts::{FileKind, SecretKind};

use crate::extract::image::{Tree, TreeEntry};

/// A tree that is being made.
#[derive(Debug, Default)]
pub(super) struct Sample {
    tree: Tree,
    layer: usize,
}

impl Sample {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// What follows stands in this layer.
    pub(super) fn layer(mut self, layer: usize) -> Self {
        self.layer = layer;
        self
    }

    pub(super) fn file(self, path: &str, text: &str) -> Self {
        let content = Some(text.as_bytes().into());
        let size = text.len() as u64;
        self.add(TreeEntry { size, content, ..entry(path, FileKind::File) })
    }

    pub(super) fn unkept(self, path: &str, size: u64) -> Self {
        self.add(TreeEntry { size, ..entry(path, FileKind::File) })
    }

    pub(super) fn link(self, path: &str, target: &str) -> Self {
        self.add(TreeEntry { target: Some(target.into()), ..entry(path, FileKind::Link) })
    }

    pub(super) fn folder(self, path: &str) -> Self {
        self.add(entry(path, FileKind::Directory))
    }

    pub(super) fn secret(self, path: &str, kind: SecretKind) -> Self {
        self.add(TreeEntry { secret: Some(kind), size: 9, ..entry(path, FileKind::File) })
    }

    pub(super) fn removed(mut self, path: &str, text: &str, secret: Option<SecretKind>) -> Self {
        let content = Some(text.as_bytes().into());
        let layer = self.layer;
        self.tree.removed.push(TreeEntry { secret, layer, content, ..entry(path, FileKind::File) });
        self
    }

    /// The tree; the folders on the way to each entry are made.
    pub(super) fn tree(mut self) -> Tree {
        let paths: Vec<String> = self.tree.entries.iter().map(|it| it.path.to_string()).collect();
        for path in paths {
            for (end, _) in path.match_indices('/').filter(|(end, _)| *end > 0) {
                let folder = path.get(..end).unwrap_or_default();
                if !self.tree.entries.iter().any(|entry| *entry.path == *folder) {
                    self.tree.entries.push(entry(folder, FileKind::Directory));
                }
            }
        }
        self.tree.entries.sort_by(|one, other| one.path.cmp(&other.path));
        self.tree
    }

    fn add(mut self, entry: TreeEntry) -> Self {
        self.tree.entries.push(TreeEntry { layer: self.layer, ..entry });
        self
    }
}

fn entry(path: &str, kind: FileKind) -> TreeEntry {
    TreeEntry {
        path: path.into(),
        kind,
        mode: if kind == FileKind::Directory { 0o755 } else { 0o644 },
        uid: 0,
        gid: 0,
        size: 0,
        target: None,
        digest: None,
        capabilities: None,
        secret: None,
        layer: 0,
        content: None,
    }
}
