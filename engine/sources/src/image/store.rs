//! Where the blobs of an image are, and which of several images is meant.
//!
//! Owns the way from an index to one manifest with its configuration, each of which is read whole, is
//! no larger than a manifest may be, and has the digest that it must have. Must not know folders,
//! archives or registries.

use std::io::Read;

use rollgate_engine::ImageLimits;
use rollgate_facts::Architecture;

use super::digest::{BlobDigest, shown};
use super::error::ImageError;
use super::manifest::{Configuration, Descriptor, Document, Manifest};
use super::reference::Choice;

/// How deep indexes may stand in one another; published ones do not.
const INDEX_DEPTH: usize = 4;

/// The annotation that names an image of a layout (OCI image specification 1.1, `annotations.md`).
const REFERENCE_NAME: &str = "org.opencontainers.image.ref.name";

/// Something that holds blobs.
pub(crate) trait Store: Send + Sync {
    /// What errors call a blob.
    fn place(&self, digest: &BlobDigest) -> String;

    /// A blob, to be read once. No more than its size comes; its digest is not checked here.
    fn blob(&self, descriptor: &Descriptor) -> Result<Box<dyn Read + Send + '_>, ImageError>;

    /// A manifest or an index, which a registry keeps apart from its other blobs.
    fn manifest(&self, descriptor: &Descriptor) -> Result<Box<dyn Read + Send + '_>, ImageError> {
        self.blob(descriptor)
    }
}

/// An image that was found: its manifest and configuration were read and checked.
#[derive(Debug, Clone)]
pub(crate) struct FoundImage {
    /// The digest of the manifest.
    pub(crate) digest: BlobDigest,
    /// The manifest.
    pub(crate) manifest: Manifest,
    /// The configuration.
    pub(crate) configuration: Configuration,
}

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// The limits.
    pub(crate) limits: &'a ImageLimits,
    /// The architecture, where several are offered.
    pub(crate) architecture: Option<Architecture>,
}

/// The one image that these lead to, of which `choice` was made.
pub(crate) fn find(
    store: &dyn Store,
    wanted: Wanted<'_>,
    descriptors: &[Descriptor],
) -> Result<FoundImage, ImageError> {
    let mut descriptor = match descriptors {
        [only] => only.clone(),
        several => for_architecture(wanted, "the layout", several)?,
    };
    for _ in 0..INDEX_DEPTH {
        let place = store.place(&descriptor.digest);
        let bytes = whole(wanted.limits, &place, &descriptor, || store.manifest(&descriptor))?;
        match Document::parse(&bytes, &descriptor.media_type)
            .map_err(|message| ImageError::invalid(&place, message))?
        {
            Document::Index(images) => descriptor = for_architecture(wanted, &place, &images)?,
            Document::Manifest(manifest) => {
                return configured(store, wanted, descriptor.digest, manifest);
            }
        }
    }
    let place = store.place(&descriptor.digest);
    Err(ImageError::invalid(place, format!("is an index behind {INDEX_DEPTH} others")))
}

fn configured(
    store: &dyn Store,
    wanted: Wanted<'_>,
    digest: BlobDigest,
    manifest: Manifest,
) -> Result<FoundImage, ImageError> {
    let config = &manifest.config;
    let place = store.place(&config.digest);
    let bytes = whole(wanted.limits, &place, config, || store.blob(config))?;
    let configuration =
        Configuration::parse(&bytes).map_err(|message| ImageError::invalid(&place, message))?;
    let image = FoundImage { digest, manifest, configuration };
    image.check(wanted.limits, &place)?;
    Ok(image)
}

impl FoundImage {
    /// Whether manifest and configuration speak of the same layers, and of no more than may be.
    pub(crate) fn check(&self, limits: &ImageLimits, place: &str) -> Result<(), ImageError> {
        let layers = &self.manifest.layers;
        let limit = |what, found: u64, limit: u64| match found > limit {
            true => Err(ImageError::Limit { place: place.to_owned(), what, found, limit }),
            false => Ok(()),
        };
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        limit("a number of layers", count(layers.len()), count(limits.layers))?;
        let size = layers.iter().fold(0_u64, |sum, layer| sum.saturating_add(layer.size));
        limit("layers with a size", size, limits.compressed_bytes)?;
        let (layers, diff_ids) = (layers.len(), self.configuration.diff_ids.len());
        if layers != diff_ids {
            let message =
                format!("has {diff_ids} diff_ids for the {layers} layers of its manifest");
            return Err(ImageError::invalid(place, message));
        }
        Ok(())
    }
}

/// A blob as a whole, checked.
pub(crate) fn whole<'a>(
    limits: &ImageLimits,
    place: &str,
    descriptor: &Descriptor,
    open: impl FnOnce() -> Result<Box<dyn Read + Send + 'a>, ImageError>,
) -> Result<Vec<u8>, ImageError> {
    let limit = limits.manifest_bytes;
    if descriptor.size > limit {
        let (what, found) = ("a size", descriptor.size);
        return Err(ImageError::Limit { place: place.to_owned(), what, found, limit });
    }
    let mut bytes = Vec::new();
    let mut reader = open()?.take(limit);
    reader.read_to_end(&mut bytes).map_err(|error| ImageError::from_io(place, error))?;
    let found = BlobDigest::of(&bytes);
    if found != descriptor.digest {
        let (expected, found) = (descriptor.digest.to_string(), found.to_string());
        return Err(ImageError::Digest { place: place.to_owned(), expected, found });
    }
    Ok(bytes)
}

/// The images of a layout that are meant.
pub(crate) fn chosen(
    place: &str,
    descriptors: Vec<Descriptor>,
    choice: &Choice,
) -> Result<Vec<Descriptor>, ImageError> {
    let name = |descriptor: &Descriptor| match descriptor.annotations.get(REFERENCE_NAME) {
        Some(name) => shown(name),
        None => descriptor.digest.to_string(),
    };
    let names = descriptors.iter().map(name).collect();
    let refused = |message: String, help| {
        Err(ImageError::Choice { place: place.to_owned(), message, names, help })
    };
    match choice {
        Choice::Only if descriptors.len() == 1 => Ok(descriptors),
        Choice::Only => refused(
            format!("holds {} images and not one", descriptors.len()),
            "name one of them behind a colon, as `oci:DIR:NAME`, or as `oci:DIR:@0`",
        ),
        Choice::Named(wanted) => {
            let is_it = |descriptor: &Descriptor| {
                descriptor.annotations.get(REFERENCE_NAME) == Some(wanted)
                    || descriptor.digest.as_str() == wanted
            };
            let found: Vec<_> = descriptors.iter().filter(|one| is_it(one)).cloned().collect();
            if found.is_empty() {
                return refused(
                    format!("holds no image `{}`", shown(wanted)),
                    "name one of those that it holds",
                );
            }
            Ok(found)
        }
        Choice::At(index) => match descriptors.get(*index) {
            Some(found) => Ok(vec![found.clone()]),
            None => refused(format!("holds no image at {index}"), "count from 0"),
        },
    }
}

/// The one image for the wanted architecture.
fn for_architecture(
    wanted: Wanted<'_>,
    place: &str,
    images: &[Descriptor],
) -> Result<Descriptor, ImageError> {
    // Attestations stand in indexes as images for `unknown`.
    let known = |image: &&Descriptor| image.architecture.as_deref() != Some("unknown");
    let images: Vec<&Descriptor> = images.iter().filter(known).collect();
    let name = wanted.architecture.map(go_name);
    let fits = |image: &&&Descriptor| match (&image.architecture, name) {
        (Some(architecture), Some(wanted)) => architecture == wanted,
        _ => true,
    };
    let fitting: Vec<_> = images.iter().filter(fits).collect();
    if let [only] = fitting.as_slice() {
        return Ok((**only).clone());
    }
    let name_of =
        |image: &&Descriptor| image.architecture.as_deref().map_or_else(String::new, shown);
    let mut names: Vec<_> = images.iter().map(name_of).collect();
    names.sort();
    let message = match (name, fitting.len()) {
        (Some(wanted), 0) => format!("has no image for `{wanted}`, but for these architectures"),
        (Some(wanted), _) => {
            format!("has several images for `{wanted}`, among these architectures")
        }
        (None, _) => "has not one image, but for these architectures".to_owned(),
    };
    let help = "name the architecture with `--arch`, or the image itself by its digest";
    Err(ImageError::Choice { place: place.to_owned(), message, names, help })
}

/// The architecture, as Go and so every image names it.
const fn go_name(architecture: Architecture) -> &'static str {
    match architecture {
        Architecture::X86_64 => "amd64",
        Architecture::Aarch64 => "arm64",
        Architecture::Ppc64le => "ppc64le",
        Architecture::S390x => "s390x",
    }
}
