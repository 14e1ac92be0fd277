//! From a reference to evidence: manifest, layers, tree, facts, and what differs from the base.
//!
//! Owns which layers are read of an image and of its base, and whether their files are inspected. Must
//! not know how a layer is read.

mod layers;

use std::sync::Arc;

use rollgate_engine::ImageLimits;
use rollgate_engine::extract::image::{
    ImageEvidence, ImageManifest, LayerDescriptor, Tree, base_layers, compare, evidence,
};

use self::layers::{Contents, Job, Jobs, Layers};

use super::ImageOptions;
use super::archive::LayoutArchive;
use super::digest::BlobDigest;
use super::docker_archive::DockerArchive;
use super::error::ImageError;
use super::layout::Layout;
use super::manifest::Descriptor;
use super::reference::ImageSource;
use super::store::{FoundImage, Store, Wanted, chosen, find};

/// Who hears how far the reading of an image is.
pub trait Progress: Sync {
    /// A layer was read, the `done`th of `total`; its blob has `bytes` bytes.
    fn layer_done(&self, done: usize, total: usize, bytes: u64);
}

/// Nobody hears it.
impl Progress for () {
    fn layer_done(&self, _: usize, _: usize, _: u64) {}
}

/// Reads an image; with a base, also what differs from it.
///
/// # Errors
///
/// When the image or its base cannot be found, cannot be read wholly, or is not what its digests say.
pub fn read_image(
    options: &ImageOptions,
    reference: &ImageSource,
    base: Option<&ImageSource>,
    progress: &dyn Progress,
) -> Result<ImageEvidence, ImageError> {
    let image = Opened::open(options, reference)?;
    let base = base.map(|base| Opened::open(options, base)).transpose()?;
    let parts = base_layers(&image.manifest, base.as_ref().map(|base| &base.manifest));
    let below = parts.as_ref().map_or(0, |parts| parts.layers);
    let contents = Contents::wanted_by(options)?;

    let mut jobs = Jobs::default();
    image.jobs(&mut jobs, below);
    if let Some(base) = &base {
        base.jobs(&mut jobs, usize::MAX);
    }
    let layers = contents.read(options, jobs, progress)?;

    let (reads, limits) = (&options.reads, &options.limits);
    let tree = image.tree(limits, &layers, below)?;
    let base_tree = base.as_ref().map(|base| base.tree(limits, &layers, usize::MAX)).transpose()?;
    let count = |key| layers.get(&key).map(|layer| layer.entries.len() as u64);
    let counts: Vec<_> = image.keys(below).map(count).collect();
    // The trees have what is needed of them.
    drop(layers);
    let mut after = evidence(&image.manifest, parts.as_ref(), &tree, reads, limits);
    for (layer, entries) in after.image.layers.iter_mut().zip(counts) {
        layer.entries = entries;
    }
    drop(tree);
    if let (Some(base), Some(tree)) = (&base, base_tree) {
        let whole = base_layers(&base.manifest, Some(&base.manifest));
        let before = evidence(&base.manifest, whole.as_ref(), &tree, reads, limits);
        compare(&before, &mut after);
    }
    Ok(after)
}

/// An image that was found.
struct Opened {
    store: Box<dyn Store>,
    layers: Vec<Descriptor>,
    manifest: ImageManifest,
}

impl Opened {
    fn open(options: &ImageOptions, source: &ImageSource) -> Result<Self, ImageError> {
        let limits = &options.limits;
        let wanted = Wanted { limits, architecture: options.architecture };
        match source {
            ImageSource::Layout { folder, choice } => {
                let (store, index) = Layout::open(limits, folder)?;
                let images = chosen(&source.to_string(), index, choice)?;
                let found = find(&store, wanted, &images)?;
                Ok(Self::new(source, Box::new(store), found))
            }
            ImageSource::Archive { file, choice } => {
                let (store, index) = LayoutArchive::open(limits, file)?;
                let images = chosen(&source.to_string(), index, choice)?;
                let found = find(&store, wanted, &images)?;
                Ok(Self::new(source, Box::new(store), found))
            }
            ImageSource::DockerArchive { file, choice } => {
                let (store, found) = DockerArchive::open(limits, file, choice)?;
                Ok(Self::new(source, Box::new(store), found))
            }
            ImageSource::Registry(reference) => {
                if options.offline {
                    return Err(ImageError::Offline { reference: source.to_string() });
                }
                #[cfg(feature = "registry")]
                {
                    let (store, found) = super::registry::open(options, reference, wanted)?;
                    Ok(Self::new(source, Box::new(store), found))
                }
                #[cfg(not(feature = "registry"))]
                Err(ImageError::Unsupported {
                    place: reference.to_string(),
                    message: "is in a registry, which this build cannot ask".to_owned(),
                    help: "copy the image with `skopeo copy docker://… oci:DIR` and name that",
                })
            }
        }
    }

    fn new(source: &ImageSource, store: Box<dyn Store>, found: FoundImage) -> Self {
        let FoundImage { digest, manifest, configuration } = found;
        let mut commands = configuration.commands.into_iter();
        // A history that does not speak of every layer speaks of none that could be told.
        let told = commands.len() == manifest.layers.len();
        let layer = |(blob, diff_id): (&Descriptor, BlobDigest)| LayerDescriptor {
            digest: blob.digest.to_string(),
            diff_id: diff_id.to_string(),
            media_type: blob.media_type.clone(),
            size: blob.size,
            created_by: commands.next().flatten().filter(|_| told),
            annotations: blob.annotations.clone(),
        };
        let layers = manifest.layers.iter().zip(configuration.diff_ids).map(layer).collect();
        let described = ImageManifest {
            reference: source.to_string(),
            digest: digest.to_string(),
            pinned: source.pinned(),
            architecture: configuration.architecture,
            created: configuration.created,
            labels: configuration.labels,
            annotations: manifest.annotations,
            layers,
        };
        Self { store, layers: manifest.layers, manifest: described }
    }

    /// Its layers, of which those below a number are the base's and not inspected.
    fn keys(&self, below: usize) -> impl Iterator<Item = (&str, &str, bool)> {
        let layers = self.manifest.layers.iter().enumerate();
        layers.map(move |(index, layer)| {
            (layer.digest.as_str(), layer.diff_id.as_str(), index >= below)
        })
    }

    fn jobs<'a>(&'a self, jobs: &mut Jobs<'a>, below: usize) {
        for (layer, (key, blob)) in self.keys(below).zip(&self.layers).enumerate() {
            let (_, diff_id, inspected) = key;
            jobs.entry(key).or_insert(Job { image: self, layer, blob, diff_id, inspected });
        }
    }

    fn tree(
        &self,
        limits: &ImageLimits,
        layers: &Layers<'_>,
        below: usize,
    ) -> Result<Tree, ImageError> {
        let held: Option<Vec<_>> =
            self.keys(below).map(|key| layers.get(&key).map(Arc::clone)).collect();
        // Each was a job, and one that failed ended the others.
        Tree::of(held.ok_or(ImageError::Stopped)?, limits).map_err(|error| ImageError::Tree {
            reference: self.manifest.reference.clone(),
            error: Box::new(error),
        })
    }
}
