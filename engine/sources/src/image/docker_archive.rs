//! Archives as `docker save` and `podman save` write them: `manifest.json`, a configuration, layers.
//!
//! Owns the manifest that such an archive has not: digests are computed, and where nothing in it is
//! compressed the manifest is the one that skopeo makes of it, with the same digest.
//!
//! Source: Docker's image specification 1.2, "Combined Image JSON + Filesystem Changeset Format";
//! containers/image, `docker/internal/tarfile/src.go`.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;

use oci_spec::distribution::Reference;
use rollgate_engine::ImageLimits;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::archive::TarFile;
use super::digest::{BlobDigest, shown};
use super::error::ImageError;
use super::manifest::{Configuration, Descriptor, Manifest};
use super::reference::Choice;
use super::store::{FoundImage, Store};

/// A saved image.
#[derive(Debug)]
pub(crate) struct DockerArchive {
    file: TarFile,
    /// The path of each layer, by the digest of its blob.
    layers: BTreeMap<BlobDigest, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Saved {
    config: String,
    repo_tags: Option<Vec<String>>,
    layers: Vec<String>,
}

/// The manifest as skopeo makes it, in the order of its fields.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Made<'a> {
    schema_version: u8,
    media_type: &'a str,
    config: MadeDescriptor<'a>,
    layers: Vec<MadeDescriptor<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MadeDescriptor<'a> {
    media_type: &'a str,
    size: u64,
    digest: &'a str,
}

impl DockerArchive {
    /// Opens an archive, and finds an image of it.
    pub(crate) fn open(
        limits: &ImageLimits,
        path: &Path,
        choice: &Choice,
    ) -> Result<(Self, FoundImage), ImageError> {
        let file = TarFile::open(path)?;
        let place = format!("{}/manifest.json", file.name);
        let bytes = file.small("manifest.json", limits.manifest_bytes)?;
        let saved: Vec<Saved> = serde_json::from_slice(&bytes)
            .map_err(|error| ImageError::invalid(&place, format!("lists no images: {error}")))?;
        let saved = chosen(&file.name, saved, choice)?;
        let bytes = file.small(&saved.config, limits.manifest_bytes)?;
        let configuration = Configuration::parse(&bytes).map_err(|message| {
            ImageError::invalid(format!("{}/{}", file.name, shown(&saved.config)), message)
        })?;
        let mut manifest = Manifest {
            config: descriptor(
                "application/vnd.docker.container.image.v1+json",
                BlobDigest::of(&bytes),
                size_of(&bytes),
            ),
            layers: Vec::new(),
            annotations: BTreeMap::new(),
        };
        let mut layers = BTreeMap::new();
        let digest = BlobDigest::of(b"");
        let counted = FoundImage { digest, manifest: manifest.clone(), configuration };
        if saved.layers.len() != counted.configuration.diff_ids.len()
            || saved.layers.len() > limits.layers
        {
            let (layers, diff_ids) = (saved.layers.len(), counted.configuration.diff_ids.len());
            return Err(ImageError::invalid(
                &place,
                format!("has {layers} layers for {diff_ids} diff_ids"),
            ));
        }
        let configuration = counted.configuration;
        for (path, diff_id) in saved.layers.into_iter().zip(&configuration.diff_ids) {
            let layer = layer(&file, &path, diff_id)?;
            layers.insert(layer.digest.clone(), path);
            manifest.layers.push(layer);
        }
        let image = FoundImage { digest: digest_of(&manifest), manifest, configuration };
        image.check(limits, &place)?;
        Ok((Self { file, layers }, image))
    }
}

impl Store for DockerArchive {
    fn place(&self, digest: &BlobDigest) -> String {
        let path = self.layers.get(digest).map_or("", String::as_str);
        format!("{}/{}", self.file.name, shown(path))
    }

    fn blob(&self, descriptor: &Descriptor) -> Result<Box<dyn Read + Send + '_>, ImageError> {
        let path = self.layers.get(&descriptor.digest).map_or("", String::as_str);
        Ok(Box::new(self.file.file(path)?.0))
    }
}

/// A layer: where it is not compressed, its digest has to be its diff_id, which is checked as it is
/// read; else the digest is computed.
fn layer(file: &TarFile, path: &str, diff_id: &BlobDigest) -> Result<Descriptor, ImageError> {
    let (mut reader, size) = file.file(path)?;
    let unreadable =
        |error| ImageError::unreadable(format!("{}/{}", file.name, shown(path)), error);
    let mut head = Vec::new();
    reader.by_ref().take(4).read_to_end(&mut head).map_err(unreadable)?;
    let kind = match head.as_slice() {
        [0x1f, 0x8b, ..] => "application/vnd.oci.image.layer.v1.tar+gzip",
        [0x28, 0xb5, 0x2f, 0xfd] => "application/vnd.oci.image.layer.v1.tar+zstd",
        _ => {
            return Ok(descriptor("application/vnd.oci.image.layer.v1.tar", diff_id.clone(), size));
        }
    };
    let mut hash = Sha256::new();
    hash.update(&head);
    io::copy(&mut reader, &mut HashWriter(&mut hash)).map_err(unreadable)?;
    Ok(descriptor(kind, BlobDigest::from_hash(&hash.finalize()), size))
}

/// What is written to it is hashed.
struct HashWriter<'a>(&'a mut Sha256);

impl io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn descriptor(media_type: &str, digest: BlobDigest, size: u64) -> Descriptor {
    Descriptor {
        media_type: media_type.to_owned(),
        digest,
        size,
        annotations: BTreeMap::new(),
        architecture: None,
    }
}

fn size_of(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// The digest of the manifest that skopeo makes: every layer is said to be compressed.
fn digest_of(manifest: &Manifest) -> BlobDigest {
    let layer = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    let made = Made {
        schema_version: 2,
        media_type: "application/vnd.docker.distribution.manifest.v2+json",
        config: written(&manifest.config.media_type, &manifest.config),
        layers: manifest.layers.iter().map(|found| written(layer, found)).collect(),
    };
    BlobDigest::of(&serde_json::to_vec(&made).unwrap_or_default())
}

fn written<'a>(media_type: &'a str, descriptor: &'a Descriptor) -> MadeDescriptor<'a> {
    MadeDescriptor { media_type, size: descriptor.size, digest: descriptor.digest.as_str() }
}

fn chosen(place: &str, mut saved: Vec<Saved>, choice: &Choice) -> Result<Saved, ImageError> {
    let name = |saved: &Saved| match saved.repo_tags.as_deref() {
        Some([first, ..]) => shown(first),
        _ => shown(&saved.config),
    };
    let names: Vec<_> = saved.iter().map(name).collect();
    let index = match choice {
        Choice::Only if saved.len() == 1 => Some(0),
        Choice::Only => None,
        Choice::At(index) => Some(*index),
        Choice::Named(wanted) => {
            let wanted = normal(wanted);
            let has =
                |saved: &Saved| saved.repo_tags.iter().flatten().any(|tag| normal(tag) == wanted);
            saved.iter().position(has)
        }
    };
    match index.filter(|&index| index < saved.len()) {
        Some(index) => Ok(saved.swap_remove(index)),
        None => Err(ImageError::Choice {
            place: place.to_owned(),
            message: "does not hold one image of that name".to_owned(),
            names,
            help: "name one of them behind a colon, as `docker-archive:FILE:NAME`, or as `docker-archive:FILE:@0`",
        }),
    }
}

/// A name with everything that may be left out.
fn normal(name: &str) -> String {
    name.parse::<Reference>().map_or_else(|_| name.to_owned(), |reference| reference.whole())
}
