//! One layer: a blob, decompressed, verified and read in one pass.
//!
//! Owns what a layer holds. Must not know other layers.

use globset::GlobSet;
use rollgate_facts::{ImageProblemKind, SecretKind};
use serde::{Deserialize, Serialize};

use crate::limits::ImageLimits;

/// What is to be read of a layer.
#[derive(Debug)]
pub struct LayerRequest<'a> {
    /// The media type of the blob.
    pub media_type: &'a str,
    /// The digest that the blob must have, as `sha256:<hex>`.
    pub digest: &'a str,
    /// The digest that its tar must have, as `sha256:<hex>`.
    pub diff_id: &'a str,
    /// Whether each file is hashed and searched for secrets, as is done outside the base.
    pub inspect_files: bool,
    /// The absolute paths whose contents are kept.
    pub wanted: &'a GlobSet,
    /// The limits.
    pub limits: &'a ImageLimits,
}

/// What a layer holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerContents {
    /// The size of the tar, in bytes.
    pub bytes: u64,
    /// The entries of the tar, in their order.
    pub entries: Vec<LayerEntry>,
    /// The contents that were wanted: the entry, and its bytes.
    pub contents: Vec<(u32, Vec<u8>)>,
    /// Where readers may take the tar differently.
    pub problems: Vec<LayerProblem>,
    /// Whether the files were hashed and searched.
    pub inspected: bool,
}

/// An entry of a layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerEntry {
    /// The path without a leading `/` or `./`; of the root the empty one; of a whiteout, the path that
    /// it removes, or the folder that it empties.
    pub path: Box<str>,
    /// What it is.
    pub kind: EntryKind,
    /// The permission bits with setuid, setgid and sticky.
    pub mode: u32,
    /// The user id.
    pub uid: u64,
    /// The group id.
    pub gid: u64,
    /// The size, in bytes.
    pub size: u64,
    /// When it was changed, in seconds since 1970.
    pub mtime: i64,
    /// The target of a link as written; of a hard link, the path as in `path`.
    pub target: Option<Box<str>>,
    /// The SHA-256 of a file, where files are inspected.
    pub digest: Option<[u8; 32]>,
    /// The extended attribute `security.capability`.
    pub capabilities: Option<Box<[u8]>>,
    /// What secret a file holds, where files are inspected.
    pub secret: Option<SecretKind>,
}

/// What an entry of a layer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// A symbolic link.
    Link,
    /// A hard link.
    HardLink,
    /// A device node or FIFO.
    Special,
    /// The removal of what stands at the path in layers below (`.wh.<name>`).
    Whiteout,
    /// The removal of all that stands under the path in layers below (`.wh..wh..opq`).
    Opaque,
}

/// Where readers may take a tar differently, or an import fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerProblem {
    /// What kind of fault it is.
    pub kind: ImageProblemKind,
    /// The path, as in [`LayerEntry::path`]; empty where the tar as a whole is meant.
    pub path: Box<str>,
    /// What is wrong.
    pub text: String,
}
