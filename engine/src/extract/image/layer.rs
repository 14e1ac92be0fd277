//! One layer: a blob, decompressed, verified and read in one pass.
//!
//! Owns what a layer holds. Must not know other layers.
//!
//! What cannot be taken as it is comes in two kinds, and neither can pass. A [`LayerError`] says that
//! it is not known what the layer holds, which leaves the image unjudged: a blob or a tar with
//! another digest, a limit, a sum that is wrong, fields that readers take differently (sizes that
//! differ or stand on what is no file, numbers that are negative or none, attributes twice or
//! malformed, a name by POSIX and one by GNU, NUL in a name), sparse files, types that are not known,
//! global extended headers. A [`LayerProblem`] says that all was read, and that other readers may
//! see something else or refuse it, which a rule denies: names that are absolute, contain `..` or are
//! not UTF-8, a name twice, a whiteout of what the layer itself brings, bytes behind the end of the
//! tar or of the compressed data, devices, attributes of overlayfs. Folders that stand twice and say
//! the same are neither.

mod archive;
mod blob;
mod check;
mod error;
mod header;
mod kept;
mod member;
mod name;
mod pax;
mod problems;

use std::io::Read;

use globset::GlobSet;
use rollgate_facts::{ImageProblemKind, SecretKind};
use serde::{Deserialize, Serialize};

pub use error::{LayerError, LayerFault};
pub(crate) use problems::Problems;

use crate::limits::ImageLimits;

use blob::{Announced, Unpacked};

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
    /// The entries whose contents were wanted and are not in `contents`, and why. A hard link may still
    /// lead to contents that were kept for another.
    pub not_kept: Vec<(u32, NotKept)>,
    /// Where readers may take the tar differently.
    pub problems: Vec<LayerProblem>,
    /// Whether the files were hashed and searched.
    pub inspected: bool,
}

/// Why contents that were wanted are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotKept {
    /// The file is larger than `content_bytes`, or the layer's are than `total_content_bytes`.
    TooLarge,
    /// The file stood under another name, and was let go of before this one came.
    Passed,
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

/// Reads a layer from its blob, once and wholly.
///
/// Memory is bounded by the limits and by constants, whatever the blob holds. On success the blob and
/// its tar have the digests that they must have.
pub fn read_layer(
    blob: impl Read,
    request: &LayerRequest<'_>,
) -> Result<LayerContents, LayerError> {
    let at_layer = |fault| LayerError { layer: request.digest.to_owned(), fault };
    read(blob, request).map_err(at_layer)
}

fn read(blob: impl Read, request: &LayerRequest<'_>) -> Result<LayerContents, LayerFault> {
    let digest = Announced::parse(request.digest)?;
    let diff_id = Announced::parse(request.diff_id)?;
    let mut tar = Unpacked::open(blob, request.media_type, request.limits)?;
    let mut reading = archive::Reading::new(request);
    reading.read_tar(&mut tar)?;
    let whole = tar.finish(request.limits)?;
    if !digest.matches(&whole.digest) {
        return Err(LayerFault::Digest { found: blob::hex(&whole.digest) });
    }
    if !diff_id.matches(&whole.diff_id) {
        let (expected, found) = (request.diff_id.to_owned(), blob::hex(&whole.diff_id));
        return Err(LayerFault::DiffId { expected, found });
    }
    Ok(reading.finish(&whole))
}
