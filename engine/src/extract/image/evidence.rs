//! The evidence of an image: its facts, and its files for those who ask.
//!
//! Owns what is kept of an image once it was read, also in a file of saved facts.

use std::collections::BTreeMap;

use rollgate_facts::{Image, ImageFile};
use serde::{Deserialize, Serialize};

/// What is known of an image.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImageEvidence {
    /// The version of the facts contract.
    pub version: String,
    /// The facts.
    pub image: Image,
    /// The files that are there, sorted by path, then those that a later layer removed or replaced.
    pub files: Vec<ImageFile>,
    /// The globs of the contents that were kept.
    pub reads: Vec<String>,
    /// The contents that were kept, by path; secrets in them are masked.
    pub contents: BTreeMap<String, String>,
}

/// What manifest and configuration say of an image.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImageManifest {
    /// The reference by which it was found, without credentials.
    pub reference: String,
    /// The digest of the manifest, as `sha256:<hex>`.
    pub digest: String,
    /// Whether the reference names a digest, where it is a registry's.
    pub pinned: Option<bool>,
    /// The architecture as the configuration writes it.
    pub architecture: String,
    /// When it was made.
    pub created: Option<String>,
    /// The labels of the configuration.
    pub labels: BTreeMap<String, String>,
    /// The annotations of the manifest.
    pub annotations: BTreeMap<String, String>,
    /// The layers, the lowest first.
    pub layers: Vec<LayerDescriptor>,
}

/// What manifest and configuration say of a layer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LayerDescriptor {
    /// The digest of the blob.
    pub digest: String,
    /// The digest of the uncompressed tar.
    pub diff_id: String,
    /// The media type of the blob.
    pub media_type: String,
    /// The size of the blob, in bytes.
    pub size: u64,
    /// The command that made it, as the history says.
    pub created_by: Option<String>,
    /// The annotations.
    pub annotations: BTreeMap<String, String>,
}
