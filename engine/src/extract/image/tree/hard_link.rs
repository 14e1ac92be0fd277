//! Hard links, and the objects of an ostree repository that they lead to.
//!
//! Owns what a hard link is, and which of them an import would not take. Must not know how layers are
//! laid over each other.
//!
//! Source: ostree-rs-ext `tar/export.rs` writes each file as an object below
//! `sysroot/ostree/repo/objects` and a hard link to it in the same layer; `tar/write.rs` drops what
//! later layers put into `/sysroot`.

use std::collections::{HashMap, HashSet};

use rollgate_facts::ImageProblemKind;

use super::merge::{Merged, Node};
use crate::extract::image::layer::Problems;
use crate::extract::image::{EntryKind, LayerEntry};

/// How many hard links to hard links are followed.
const CHAIN: usize = 40;

/// What hard links lead to.
#[derive(Default)]
pub(super) struct HardLinks<'a> {
    /// The entry with the data, by the hard link.
    data: HashMap<Node, Node>,
    /// The hard links whose target had not come in their layer.
    deferred: Vec<(&'a LayerEntry, Node)>,
    /// The objects that a later layer wrote anew.
    modified: HashSet<&'a str>,
}

impl<'a> HardLinks<'a> {
    /// Looks at an entry before it takes its place.
    pub(super) fn check(
        &mut self,
        entry: &'a LayerEntry,
        node: Node,
        merged: &Merged<'a>,
        problems: &mut Problems,
    ) {
        let is_data = matches!(entry.kind, EntryKind::File | EntryKind::HardLink | EntryKind::Link);
        if is_data && is_object(&entry.path) {
            let before = merged.nodes.get(&*entry.path);
            if before.is_some_and(|before| before.layer < node.layer) {
                let text = "the layer writes an object of the ostree repository anew";
                problems.add(ImageProblemKind::ModifiedObject, &entry.path, text);
                self.modified.insert(&entry.path);
            }
        }
        let (EntryKind::HardLink, Some(target)) = (entry.kind, entry.target.as_deref()) else {
            return;
        };
        let found = merged.nodes.get(target).filter(|found| found.layer == node.layer);
        match found.filter(|_| target != &*entry.path).and_then(|found| self.data(*found, merged)) {
            Some(data) if is_linkable(data, merged) => _ = self.data.insert(node, data),
            _ => self.deferred.push((entry, node)),
        }
        self.check_folders(entry, target, found.is_some(), problems);
    }

    /// A hard link stays within a top-level folder, or is the name of an object beside it.
    fn check_folders(
        &self,
        entry: &LayerEntry,
        target: &'a str,
        is_beside: bool,
        problems: &mut Problems,
    ) {
        let top = |path: &str| path.split_once('/').map_or("", |(top, _)| top).to_owned();
        if top(&entry.path) == top(target) {
            return;
        }
        if is_beside && is_object(target) && !self.modified.contains(target) {
            return;
        }
        let text = format!("the hard link leads to `{target}` in another top-level folder");
        problems.add(ImageProblemKind::HardLinkAcrossFolders, &entry.path, text);
    }

    /// Resolves what had not come in the tar, once the layer is laid over those below.
    pub(super) fn resolve_deferred(
        &mut self,
        layer: usize,
        merged: &Merged<'a>,
        problems: &mut Problems,
    ) {
        for (entry, node) in std::mem::take(&mut self.deferred) {
            let target = entry.target.as_deref().unwrap_or_default();
            let data = self.follow(target, merged).filter(|data| is_linkable(*data, merged));
            let Some(data) = data else {
                let text = format!("the hard link leads to `{target}`, and no layer holds that");
                problems.add(ImageProblemKind::HardLinkToNothing, &entry.path, text);
                continue;
            };
            let why = match data.layer == layer {
                true => "comes behind it in the tar",
                false => "stands in a layer below only",
            };
            let text = format!("the hard link leads to `{target}`, which {why}");
            problems.add(ImageProblemKind::AmbiguousLayer, &entry.path, text);
            self.data.insert(node, data);
        }
    }

    /// The entry with the data at a path.
    fn follow(&self, path: &'a str, merged: &Merged<'a>) -> Option<Node> {
        let mut path = path;
        for _ in 0..CHAIN {
            let node = *merged.nodes.get(path)?;
            if let Some(data) = self.data(node, merged) {
                return Some(data);
            }
            path = merged.entry(node)?.target.as_deref()?;
        }
        None
    }

    /// The entry that a node has its data from: itself, or of a hard link that which it leads to;
    /// none where that is nothing.
    pub(super) fn data(&self, node: Node, merged: &Merged<'_>) -> Option<Node> {
        match merged.entry(node) {
            Some(entry) if entry.kind == EntryKind::HardLink => self.data.get(&node).copied(),
            _ => Some(node),
        }
    }
}

/// Folders have no hard links.
fn is_linkable(node: Node, merged: &Merged<'_>) -> bool {
    merged.entry(node).is_some_and(|entry| entry.kind != EntryKind::Directory)
}

/// Whether a path is that of a file in an ostree repository.
fn is_object(path: &str) -> bool {
    path.starts_with("sysroot/ostree/repo/objects/") && path.ends_with(".file")
}
