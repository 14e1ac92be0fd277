//! How a base is cut into layers: plain chunks, or the objects of an ostree repository.
//!
//! Owns what `rpm-ostree compose build-chunked-oci` and `chunkah build` make of a tree, as far as a
//! reader can tell. Must not know how layers are stored.

use super::blob::sha256;
use super::{Entry, Root};

/// How the base of an image is cut into layers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// Chunks of plain files, as chunkah makes them.
    #[default]
    Chunks,
    /// An ostree repository of the first format: objects, and hard links to them (ostree-ext
    /// `container/store.rs`, `tar/export.rs`).
    Ostree,
}

impl Layout {
    /// The layers of a base: the entries, and the packages that the annotation names.
    pub(super) fn layers(self, root: &Root) -> Vec<(Vec<Entry>, String)> {
        let chunks = chunks(root);
        match self {
            Self::Chunks => chunks,
            Self::Ostree => ostree(root, chunks),
        }
    }

    /// Where the object of a file stands in the repository; `None` where it has none.
    pub(super) fn object(self, entry: &Entry) -> Option<String> {
        let is_object = self == Self::Ostree
            && (entry.kind == b'2' || entry.kind == b'0' && !entry.bytes.is_empty());
        is_object.then(|| object(&entry_checksum(entry), "file"))
    }
}

/// Directories and what is not in `/usr`; the kernel; the RPM database; the rest.
fn chunks(root: &Root) -> Vec<(Vec<Entry>, String)> {
    let chunk = |path: &str, entry: &Entry| match entry.kind {
        b'5' => 0,
        _ if path.starts_with("usr/lib/modules/") => 1,
        _ if path.starts_with("usr/share/rpm/") => 3,
        _ if path.starts_with("usr/") => 2,
        _ => 0,
    };
    let names =
        ["filesystem", "kernel-core,kernel-modules,kernel-modules-core", "systemd", "rpmdb"];
    let mut layers: Vec<(Vec<Entry>, String)> =
        names.iter().map(|&name| (Vec::new(), name.to_owned())).collect();
    for (path, entry) in root {
        if let Some((entries, _)) = layers.get_mut(chunk(path, entry)) {
            entries.push(entry.clone());
        }
    }
    layers.retain(|(entries, _)| !entries.is_empty());
    layers
}

/// The repository with its directories and metadata, and then each chunk's objects and links.
fn ostree(root: &Root, chunks: Vec<(Vec<Entry>, String)>) -> Vec<(Vec<Entry>, String)> {
    let mut first = repository(root);
    let mut layers = Vec::new();
    for (entries, name) in chunks {
        let (folders, files): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|it| it.kind == b'5');
        first.extend(folders);
        let mut written = Vec::new();
        for file in files {
            link(file, &mut written);
        }
        layers.push((written, name));
    }
    layers.insert(0, (first, "ostree".to_owned()));
    layers
}

fn repository(root: &Root) -> Vec<Entry> {
    let mut entries: Vec<Entry> = ["sysroot", "sysroot/ostree", REPOSITORY, OBJECTS]
        .iter()
        .map(|path| Entry::directory(path, 0o755))
        .collect();
    entries
        .extend((0..=255_u8).map(|byte| Entry::directory(format!("{OBJECTS}/{byte:02x}"), 0o755)));
    let config = "[core]\nrepo_version=1\nmode=bare-split-xattrs\n";
    entries.push(Entry::file(format!("{REPOSITORY}/config"), 0o644, config));
    let listing: Vec<u8> = root.keys().flat_map(|path| [path.as_bytes(), b"\0"].concat()).collect();
    for kind in ["commit", "dirtree", "dirmeta"] {
        let bytes = [kind.as_bytes(), &listing].concat();
        entries.push(Entry::file(object(&sha256(&bytes), kind), 0o644, bytes));
    }
    entries
}

/// A file as the object that holds it, its extended attributes beside it, and the hard link to it.
fn link(file: Entry, written: &mut Vec<Entry>) {
    let Some(object_path) = Layout::Ostree.object(&file) else {
        written.push(file);
        return;
    };
    let path = file.path.clone();
    let xattrs: Vec<u8> =
        file.xattrs.iter().flat_map(|(k, v)| [k.as_bytes(), b"\0", v].concat()).collect();
    let attributes = object(&sha256(&xattrs), "file-xattrs");
    if !written.iter().any(|entry| entry.path == attributes.as_bytes()) {
        written.push(Entry::file(&attributes, 0o644, xattrs));
    }
    if !written.iter().any(|entry| entry.path == object_path.as_bytes()) {
        written.push(Entry::hard_link(
            object(&entry_checksum(&file), "file-xattrs-link"),
            &attributes,
        ));
        written.push(Entry { path: object_path.clone().into_bytes(), ..file });
    }
    written.push(Entry::hard_link(path, object_path));
}

/// What names an object: its contents and what belongs to it, though not as ostree computes it.
fn entry_checksum(entry: &Entry) -> String {
    let about = format!("{}:{:o}:{}:{}:", entry.kind, entry.mode, entry.uid, entry.gid);
    let xattrs: Vec<u8> = entry.xattrs.values().flatten().copied().collect();
    sha256(&[about.as_bytes(), &entry.bytes, &entry.target, &xattrs].concat())
}

fn object(checksum: &str, kind: &str) -> String {
    let (folder, name) = checksum.split_at(2);
    format!("{OBJECTS}/{folder}/{name}.{kind}")
}

const REPOSITORY: &str = "sysroot/ostree/repo";
const OBJECTS: &str = "sysroot/ostree/repo/objects";
