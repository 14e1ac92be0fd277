//! Images: from a reference to evidence.
//!
//! Owns where the blobs of an image are (`layout`, `archive`, `docker_archive`, `registry`), which of
//! several images is meant (`store`), the cache, and the way from layers to evidence (`pipeline`). Must
//! not interpret what is in a layer. Nothing but the cache is written, and no layer is held in memory.
//!
//! ```no_run
//! use rollgate_sources::image::{ImageOptions, read_image};
//! let source = "oci:layout:4.19".parse()?;
//! let evidence = read_image(&ImageOptions::default(), &source, None, &())?;
//! println!("{}", evidence.image.digest);
//! # Ok::<(), rollgate_sources::image::ImageError>(())
//! ```

mod archive;
mod cache;
mod digest;
mod docker_archive;
mod error;
mod host_paths;
mod layout;
mod limits;
mod manifest;
mod pipeline;
mod reference;
#[cfg(feature = "registry")]
mod registry;
mod secret;
mod store;

use std::path::PathBuf;

use rollgate_engine::{ImageLimits, ImageMirror};
use rollgate_facts::Architecture;

pub use cache::{CACHE_BYTES, Cache, CacheInfo, LAYER_VERSION, LayerKey, Pruned};
pub use digest::BlobDigest;
pub use docker_archive::SavedImage;
pub use error::ImageError;
pub use host_paths::HostPaths;
pub use limits::NetworkLimits;
pub use manifest::{Configuration, Descriptor, Document, Manifest};
pub use pipeline::{Progress, read_image};
pub use reference::{Choice, ImageSource, RegistryReference};
#[cfg(feature = "registry")]
pub use registry::{AuthFile, Challenge, RegistriesConf};

/// How images are read.
#[derive(Debug, Clone, Default)]
pub struct ImageOptions {
    /// The architecture, where a reference leads to images of several.
    pub architecture: Option<Architecture>,
    /// Whether the network may not be used.
    pub offline: bool,
    /// The file of credentials, in place of those that the host has.
    pub authfile: Option<PathBuf>,
    /// A folder of CAs (`*.crt`) that are trusted for every registry, beside those that the host has.
    pub certificates: Option<PathBuf>,
    /// `registries.conf`, in place of the one that the host has.
    pub registries_conf: Option<PathBuf>,
    /// What the host has of all these; nothing, where it should not matter.
    pub host: HostPaths,
    /// Mirrors of the cluster's objects, asked before those of `registries.conf`.
    pub mirrors: Vec<ImageMirror>,
    /// Where what layers hold is kept.
    pub cache: Option<Cache>,
    /// The globs of the contents that policies read.
    pub reads: Vec<String>,
    /// The limits on an image.
    pub limits: ImageLimits,
    /// The limits on the network.
    pub network: NetworkLimits,
    /// How many layers are read at once; 0 is as many as there are processors.
    pub threads: usize,
}
