//! OCI image layouts: `oci-layout`, `index.json` and `blobs/`, in a folder.
//!
//! Owns that nothing outside of the folder is read. Must not know what a blob is.
//!
//! Source: OCI image specification 1.1, `image-layout.md`.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rollgate_engine::ImageLimits;
use serde::Deserialize;

use super::digest::{BlobDigest, shown};
use super::error::ImageError;
use super::manifest::{Descriptor, Document};
use super::store::Store;
use crate::file::display_name;

/// The size of `oci-layout`, which says a version and nothing else.
pub(crate) const MARKER_BYTES: u64 = 4 << 10;

/// A layout in a folder.
#[derive(Debug)]
pub(crate) struct Layout {
    /// The folder, without links.
    root: PathBuf,
    /// What errors call it.
    name: String,
}

impl Layout {
    /// Opens a layout; the descriptors are those of its index.
    pub(crate) fn open(
        limits: &ImageLimits,
        folder: &Path,
    ) -> Result<(Self, Vec<Descriptor>), ImageError> {
        let name = display_name(folder);
        let root =
            fs::canonicalize(folder).map_err(|error| ImageError::unreadable(&name, error))?;
        let layout = Self { root, name };
        let marker = layout.small("oci-layout", MARKER_BYTES).map_err(|error| match error {
            ImageError::Unreadable { .. } => {
                ImageError::invalid(&layout.name, "is no OCI image layout: it has no `oci-layout`")
            }
            other => other,
        })?;
        check_marker(&layout.name, &marker)?;
        let index = layout.small("index.json", limits.manifest_bytes)?;
        let index = parse_index(&format!("{}/index.json", layout.name), &index)?;
        Ok((layout, index))
    }

    fn small(&self, path: &str, limit: u64) -> Result<Vec<u8>, ImageError> {
        let place = format!("{}/{path}", self.name);
        let (file, found) = self.file(path, &place)?;
        if found > limit {
            return Err(ImageError::Limit { place, what: "a size", found, limit });
        }
        let mut bytes = Vec::new();
        let read = file.take(limit).read_to_end(&mut bytes);
        read.map_err(|error| ImageError::unreadable(place, error))?;
        Ok(bytes)
    }

    /// A regular file below the folder, and its size.
    fn file(&self, path: &str, place: &str) -> Result<(File, u64), ImageError> {
        let unreadable = |error| ImageError::unreadable(place, error);
        let whole = fs::canonicalize(self.root.join(path)).map_err(unreadable)?;
        if !whole.starts_with(&self.root) {
            return Err(ImageError::invalid(place, "is a link that leads out of the layout"));
        }
        // Asked before it is opened: to open a pipe is to wait for its writer.
        let metadata = fs::metadata(&whole).map_err(unreadable)?;
        if !metadata.is_file() {
            return Err(ImageError::invalid(place, "is no regular file"));
        }
        Ok((File::open(whole).map_err(unreadable)?, metadata.len()))
    }
}

impl Store for Layout {
    fn place(&self, digest: &BlobDigest) -> String {
        format!("{}/blobs/sha256/{}", self.name, digest.hex())
    }

    fn blob(&self, descriptor: &Descriptor) -> Result<Box<dyn Read + Send + '_>, ImageError> {
        let place = self.place(&descriptor.digest);
        let path = format!("blobs/sha256/{}", descriptor.digest.hex());
        let (file, size) = self.file(&path, &place)?;
        check_size(&place, descriptor, size)?;
        Ok(Box::new(file.take(descriptor.size)))
    }
}

/// Whether a blob has the size that was said.
pub(crate) fn check_size(
    place: &str,
    descriptor: &Descriptor,
    size: u64,
) -> Result<(), ImageError> {
    if size == descriptor.size {
        return Ok(());
    }
    let said = descriptor.size;
    Err(ImageError::invalid(place, format!("has {size} bytes, where {said} were said")))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Marker {
    image_layout_version: String,
}

/// Whether `oci-layout` is of a version that is known.
pub(crate) fn check_marker(name: &str, bytes: &[u8]) -> Result<(), ImageError> {
    let place = || format!("{name}/oci-layout");
    let marker: Marker = serde_json::from_slice(bytes)
        .map_err(|error| ImageError::invalid(place(), format!("is none: {error}")))?;
    if marker.image_layout_version.starts_with("1.") {
        return Ok(());
    }
    let version = shown(&marker.image_layout_version);
    Err(ImageError::invalid(place(), format!("is of the version `{version}`, and 1 is known")))
}

/// The descriptors of `index.json`.
pub(crate) fn parse_index(place: &str, bytes: &[u8]) -> Result<Vec<Descriptor>, ImageError> {
    match Document::parse(bytes, "").map_err(|message| ImageError::invalid(place, message))? {
        Document::Index(descriptors) => Ok(descriptors),
        Document::Manifest(_) => Err(ImageError::invalid(place, "is a manifest and no index")),
    }
}

/// Something that is missing where it was said to be.
pub(crate) fn missing() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "it is not there")
}
