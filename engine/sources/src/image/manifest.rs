//! Manifests, indexes and configurations of images.
//!
//! Owns what they say, of the OCI and of Docker's second schema, and which image of an index is one
//! for an architecture. Must not know where they come from.
//!
//! Sources: OCI image specification 1.1, `manifest.md`, `image-index.md`, `config.md`; "Image Manifest
//! Version 2, Schema 2" of Docker's distribution.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::digest::{BlobDigest, shown};

/// The media types of manifests, as a registry is asked for them.
#[cfg(feature = "registry")]
pub(crate) const MANIFEST_TYPES: [&str; 4] =
    [OCI_MANIFEST, OCI_INDEX, DOCKER_MANIFEST, DOCKER_LIST];

const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";
const DOCKER_SCHEMA_1: &str = "application/vnd.docker.distribution.manifest.v1+";

/// What configurations of images are; others are those of charts, policies and other artifacts.
const CONFIGURATIONS: [&str; 2] =
    ["application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json"];

/// The beginnings of the media types of layers.
const LAYERS: [&str; 2] =
    ["application/vnd.oci.image.layer.v1.tar", "application/vnd.docker.image.rootfs.diff.tar"];

/// The beginnings of the media types of layers that are kept elsewhere.
const FOREIGN_LAYERS: [&str; 2] = [
    "application/vnd.oci.image.layer.nondistributable.",
    "application/vnd.docker.image.rootfs.foreign.",
];

/// How many images an index may have; the largest published ones have a dozen.
const INDEX_ENTRIES: usize = 1_000;

/// What points at a blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Descriptor {
    /// The media type; empty where it is not said.
    pub media_type: String,
    /// The digest.
    pub digest: BlobDigest,
    /// The size, in bytes.
    pub size: u64,
    /// The annotations.
    pub annotations: BTreeMap<String, String>,
    /// The architecture, where it is said.
    pub architecture: Option<String>,
}

/// What a manifest's blob may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Document {
    /// A list of images.
    Index(Vec<Descriptor>),
    /// One image.
    Manifest(Manifest),
}

/// The manifest of one image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The configuration.
    pub config: Descriptor,
    /// The layers, the lowest first.
    pub layers: Vec<Descriptor>,
    /// The annotations.
    pub annotations: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawDocument {
    schema_version: Option<u64>,
    #[serde(default)]
    media_type: String,
    manifests: Option<Vec<RawDescriptor>>,
    config: Option<RawDescriptor>,
    layers: Option<Vec<RawDescriptor>>,
    annotations: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawDescriptor {
    #[serde(default)]
    media_type: String,
    digest: String,
    size: u64,
    urls: Option<Vec<String>>,
    annotations: Option<BTreeMap<String, String>>,
    platform: Option<Platform>,
}

#[derive(Deserialize)]
struct Platform {
    #[serde(default)]
    architecture: String,
}

impl RawDescriptor {
    fn checked(self) -> Result<Descriptor, String> {
        if self.urls.is_some_and(|urls| !urls.is_empty()) {
            return Err(format!("has `{}` elsewhere (`urls`)", shown(&self.digest)));
        }
        Ok(Descriptor {
            media_type: self.media_type,
            digest: self.digest.parse()?,
            size: self.size,
            annotations: self.annotations.unwrap_or_default(),
            architecture: self.platform.map(|platform| platform.architecture),
        })
    }
}

impl Document {
    /// Reads a manifest or an index that was announced as of a media type, which may be empty.
    ///
    /// # Errors
    ///
    /// What is wrong with it, to be read after its name.
    pub fn parse(bytes: &[u8], announced: &str) -> Result<Self, String> {
        let raw: RawDocument = serde_json::from_slice(bytes)
            .map_err(|error| format!("is no manifest of an image: {error}"))?;
        let own = raw.media_type.as_str();
        if own.starts_with(DOCKER_SCHEMA_1) || raw.schema_version == Some(1) {
            return Err("is a manifest of Docker's schema 1, which nothing protects; push the image anew with a current tool".to_owned());
        }
        let known = |media_type: &str| {
            [OCI_MANIFEST, OCI_INDEX, DOCKER_MANIFEST, DOCKER_LIST].contains(&media_type)
        };
        // A reader that believes one and a reader that believes the other would see two images.
        if known(announced) && !own.is_empty() && own != announced {
            let (own, announced) = (shown(own), shown(announced));
            return Err(format!("is announced as `{announced}` and says that it is `{own}`"));
        }
        let is_index = match if own.is_empty() { announced } else { own } {
            OCI_INDEX | DOCKER_LIST => true,
            OCI_MANIFEST | DOCKER_MANIFEST => false,
            _ if own.is_empty() => raw.manifests.is_some(),
            other => return Err(format!("is of the media type `{}`", shown(other))),
        };
        match (raw.manifests, raw.config, raw.layers) {
            (Some(manifests), None, None) if is_index => index(manifests).map(Self::Index),
            (None, Some(config), Some(layers)) if !is_index => {
                let annotations = raw.annotations.unwrap_or_default();
                manifest(config, layers, annotations).map(Self::Manifest)
            }
            _ => Err("is neither a manifest alone nor an index alone".to_owned()),
        }
    }
}

fn index(manifests: Vec<RawDescriptor>) -> Result<Vec<Descriptor>, String> {
    if manifests.len() > INDEX_ENTRIES {
        return Err(format!("lists more than {INDEX_ENTRIES} images"));
    }
    manifests.into_iter().map(RawDescriptor::checked).collect()
}

fn manifest(
    config: RawDescriptor,
    layers: Vec<RawDescriptor>,
    annotations: BTreeMap<String, String>,
) -> Result<Manifest, String> {
    if !CONFIGURATIONS.contains(&config.media_type.as_str()) {
        let media_type = shown(&config.media_type);
        return Err(format!("is of something other than an image: `{media_type}`"));
    }
    let one_of = |known: &[&str], layer: &RawDescriptor| {
        known.iter().any(|begin| layer.media_type.starts_with(begin))
    };
    if let Some(foreign) = layers.iter().find(|layer| one_of(&FOREIGN_LAYERS, layer)) {
        let media_type = shown(&foreign.media_type);
        return Err(format!("has a layer that is kept elsewhere (`{media_type}`)"));
    }
    if let Some(other) = layers.iter().find(|layer| !one_of(&LAYERS, layer)) {
        let media_type = shown(&other.media_type);
        return Err(format!("has a layer of the media type `{media_type}`"));
    }
    let layers = layers.into_iter().map(RawDescriptor::checked).collect::<Result<_, _>>()?;
    Ok(Manifest { config: config.checked()?, layers, annotations })
}

/// The configuration of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configuration {
    /// The architecture, as Go names it.
    pub architecture: String,
    /// When the image was made.
    pub created: Option<String>,
    /// The labels.
    pub labels: BTreeMap<String, String>,
    /// The digests of the tars of the layers.
    pub diff_ids: Vec<BlobDigest>,
    /// The commands that made the layers; those that made none are left out.
    pub commands: Vec<Option<String>>,
}

#[derive(Deserialize)]
struct RawConfiguration {
    #[serde(default)]
    architecture: String,
    created: Option<String>,
    config: Option<RawSettings>,
    rootfs: RawRoot,
    history: Option<Vec<RawHistory>>,
}

#[derive(Deserialize)]
struct RawSettings {
    #[serde(rename = "Labels")]
    labels: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
struct RawRoot {
    diff_ids: Vec<String>,
}

#[derive(Deserialize)]
struct RawHistory {
    created_by: Option<String>,
    empty_layer: Option<bool>,
}

impl Configuration {
    /// Reads a configuration.
    ///
    /// # Errors
    ///
    /// What is wrong with it, to be read after its name.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let raw: RawConfiguration = serde_json::from_slice(bytes)
            .map_err(|error| format!("is no configuration of an image: {error}"))?;
        let diff_ids: Result<_, String> =
            raw.rootfs.diff_ids.iter().map(|text| text.parse()).collect();
        let with_layer = |history: &RawHistory| history.empty_layer != Some(true);
        let history = raw.history.unwrap_or_default();
        Ok(Self {
            architecture: raw.architecture,
            created: raw.created,
            labels: raw.config.and_then(|config| config.labels).unwrap_or_default(),
            diff_ids: diff_ids.map_err(|error| format!("has a wrong diff_id: {error}"))?,
            commands: history
                .into_iter()
                .filter(with_layer)
                .map(|history| history.created_by)
                .collect(),
        })
    }
}
