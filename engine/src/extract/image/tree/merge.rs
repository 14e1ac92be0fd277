//! One layer over the other.
//!
//! Owns whiteouts, replacement and implied folders. Must not know what hard links lead to.
//!
//! Source: OCI image specification 1.1 `layer.md`, "Applying Changesets".

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use rollgate_facts::{FileKind, ImageProblemKind};

use super::hard_link::HardLinks;
use super::{Tree, TreeEntry, TreeError};
use crate::extract::image::layer::Problems;
use crate::extract::image::{EntryKind, LayerContents, LayerEntry, NotKept};
use crate::limits::ImageLimits;

/// An entry of a layer; of folders that no layer names there is no entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Node {
    pub(super) layer: usize,
    pub(super) entry: Option<u32>,
}

/// The nodes by path, as far as the layers were laid over each other.
pub(super) struct Merged<'a> {
    pub(super) layers: &'a [Arc<LayerContents>],
    pub(super) nodes: BTreeMap<&'a str, Node>,
    removed: Vec<(&'a str, Node)>,
}

/// Refuses what would need more memory than the limits allow.
pub(super) fn check_limits(
    layers: &[Arc<LayerContents>],
    limits: &ImageLimits,
) -> Result<(), TreeError> {
    let (mut entries, mut bytes, mut contents) = (0, 0_u64, 0);
    for (index, layer) in layers.iter().enumerate() {
        entries += layer.entries.len();
        bytes = bytes.saturating_add(layer.bytes);
        contents += layer.contents.iter().map(|(_, bytes)| bytes.len() as u64).sum::<u64>();
        let reached = [
            ("layers", index as u64 + 1, limits.layers as u64),
            ("total_entries", entries as u64, limits.total_entries as u64),
            ("total_bytes", bytes, limits.total_bytes),
            ("total_content_bytes", contents, limits.total_content_bytes),
        ];
        if let Some((limit, _, value)) = reached.into_iter().find(|(_, is, limit)| is > limit) {
            return Err(TreeError::Limit { limit, value, layer: index });
        }
    }
    Ok(())
}

/// What layers come to.
pub(super) fn merge(layers: &[Arc<LayerContents>]) -> Tree {
    let mut tree = Tree::default();
    let mut merged = Merged { layers, nodes: BTreeMap::new(), removed: Vec::new() };
    let mut links = HardLinks::default();
    for (index, layer) in layers.iter().enumerate() {
        let mut problems = Problems::default();
        merged.remove(layer, &mut problems);
        merged.bring(index, layer, &mut links, &mut problems);
        links.resolve_deferred(index, &merged, &mut problems);
        let problems = layer.problems.iter().cloned().chain(problems.finish());
        tree.problems.extend(problems.map(|problem| (index, problem)));
    }
    merged.finish(&links, tree)
}

impl<'a> Merged<'a> {
    /// What the layer removes of those below, wherever in the tar it says so.
    fn remove(&mut self, layer: &'a LayerContents, problems: &mut Problems) {
        for entry in &layer.entries {
            match entry.kind {
                EntryKind::Whiteout => {
                    self.check_way(&entry.path, problems);
                    if let Some(node) = self.nodes.remove(&*entry.path) {
                        self.set_aside(&entry.path, node);
                    }
                    self.empty(&entry.path);
                }
                EntryKind::Opaque => self.empty(&entry.path),
                _ => {}
            }
        }
    }

    /// Whether the folders of a path are folders below; engines differ where one is a link.
    fn check_way(&self, path: &str, problems: &mut Problems) {
        let way = folders(path).find_map(|folder| Some((folder, self.nodes.get(folder)?)));
        if let Some((folder, node)) = way
            && self.kind(*node) != EntryKind::Directory
        {
            let text = format!("it is removed by way of `{folder}`, which is no folder");
            problems.add(ImageProblemKind::AmbiguousLayer, path, text);
        }
    }

    fn bring(
        &mut self,
        index: usize,
        layer: &'a LayerContents,
        links: &mut HardLinks<'a>,
        problems: &mut Problems,
    ) {
        // The folder whose folders were looked at last: most entries stand beside the one before.
        let mut last: Option<&str> = None;
        for (number, entry) in (0_u32..).zip(&layer.entries) {
            if matches!(entry.kind, EntryKind::Whiteout | EntryKind::Opaque) {
                continue;
            }
            let folder = entry.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            if last != Some(folder) {
                self.make_way(index, &entry.path, problems);
                last = Some(folder);
            }
            let node = Node { layer: index, entry: Some(number) };
            links.check(entry, node, self, problems);
            let before = self.nodes.insert(&entry.path, node);
            if let Some(before) = before {
                let was_folder = self.kind(before) == EntryKind::Directory;
                if was_folder && entry.kind != EntryKind::Directory {
                    self.empty(&entry.path);
                    last = None;
                }
                self.set_aside(&entry.path, before);
            }
        }
    }

    /// Makes the folders of a path, where there are none.
    fn make_way(&mut self, index: usize, path: &'a str, problems: &mut Problems) {
        for folder in folders(path).filter(|folder| !folder.is_empty()) {
            let before = self.nodes.get(folder).copied();
            match before.map(|node| (node, self.kind(node))) {
                Some((_, EntryKind::Directory)) => return,
                Some((node, kind)) => {
                    let (problem, what) = match kind {
                        EntryKind::Link => (ImageProblemKind::EscapingName, "a link"),
                        _ => (ImageProblemKind::AmbiguousLayer, "no folder"),
                    };
                    let text = format!("it stands under `{folder}`, which is {what}");
                    problems.add(problem, path, text);
                    self.set_aside(folder, node);
                }
                None => {}
            }
            self.nodes.insert(folder, Node { layer: index, entry: None });
        }
    }

    /// Removes what stands under a folder.
    fn empty(&mut self, folder: &str) {
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let range = self.nodes.range::<str, _>((Bound::Included(&*folder), Bound::Unbounded));
        let range = range.take_while(|(path, _)| path.starts_with(&folder));
        let under: Vec<&'a str> =
            range.map(|(path, _)| *path).filter(|path| !path.is_empty()).collect();
        for path in under {
            if let Some(node) = self.nodes.remove(path) {
                self.set_aside(path, node);
            }
        }
    }

    fn set_aside(&mut self, path: &'a str, node: Node) {
        if self.kind(node) != EntryKind::Directory {
            self.removed.push((path, node));
        }
    }

    pub(super) fn entry(&self, node: Node) -> Option<&'a LayerEntry> {
        let layers: &'a [Arc<LayerContents>] = self.layers;
        layers.get(node.layer)?.entries.get(node.entry? as usize)
    }

    fn kind(&self, node: Node) -> EntryKind {
        self.entry(node).map_or(EntryKind::Directory, |entry| entry.kind)
    }

    /// The tree of these nodes.
    fn finish(self, links: &HardLinks<'_>, mut tree: Tree) -> Tree {
        let contents = Contents::of(self.layers);
        for (path, node) in &self.nodes {
            let Some(data) = links.data(*node, &self) else { continue };
            let entry = self.tree_entry(path, *node, data, &contents);
            let not_kept = contents.not_kept.get(node).or_else(|| contents.not_kept.get(&data));
            if let Some(not_kept) = not_kept.filter(|_| entry.content.is_none()) {
                tree.not_kept.push((entry.path.clone(), *not_kept));
            }
            tree.entries.push(entry);
        }
        for (path, node) in &self.removed {
            let Some(data) = links.data(*node, &self) else { continue };
            tree.removed.push(self.tree_entry(path, *node, data, &contents));
        }
        let place = |entry: &TreeEntry| (entry.path.clone(), entry.layer);
        tree.removed.sort_by_cached_key(place);
        tree
    }

    fn tree_entry(&self, path: &str, node: Node, data: Node, contents: &Contents) -> TreeEntry {
        let entry = self.entry(data);
        TreeEntry {
            path: format!("/{path}").into(),
            kind: entry.map_or(FileKind::Directory, |entry| file_kind(entry.kind)),
            mode: entry.map_or(0o755, |entry| entry.mode),
            uid: entry.map_or(0, |entry| entry.uid),
            gid: entry.map_or(0, |entry| entry.gid),
            size: entry.map_or(0, |entry| entry.size),
            target: entry.and_then(|entry| entry.target.clone()),
            digest: entry.and_then(|entry| entry.digest),
            capabilities: entry.and_then(|entry| entry.capabilities.clone()),
            secret: entry.and_then(|entry| entry.secret),
            layer: node.layer,
            content: contents.kept.get(&data).cloned(),
        }
    }
}

/// The contents that were kept, and those that were not.
struct Contents {
    kept: HashMap<Node, Arc<[u8]>>,
    not_kept: HashMap<Node, NotKept>,
}

impl Contents {
    fn of(layers: &[Arc<LayerContents>]) -> Self {
        let (mut kept, mut not_kept) = (HashMap::new(), HashMap::new());
        for (index, layer) in layers.iter().enumerate() {
            let node = |entry: &u32| Node { layer: index, entry: Some(*entry) };
            let bytes = layer.contents.iter().map(|(entry, bytes)| (node(entry), bytes.as_slice()));
            kept.extend(bytes.map(|(node, bytes)| (node, Arc::from(bytes))));
            not_kept.extend(layer.not_kept.iter().map(|(entry, why)| (node(entry), *why)));
        }
        Self { kept, not_kept }
    }
}

/// The folders that a path stands in, the nearest first; the root is the empty one.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| match path.rsplit_once('/') {
        Some((folder, _)) => Some(folder),
        None => (!path.is_empty()).then_some(""),
    })
    .skip(1)
}

const fn file_kind(kind: EntryKind) -> FileKind {
    match kind {
        EntryKind::Directory => FileKind::Directory,
        EntryKind::Link => FileKind::Link,
        EntryKind::Special => FileKind::Special,
        _ => FileKind::File,
    }
}
