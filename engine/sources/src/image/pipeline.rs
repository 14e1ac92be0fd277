//! From a reference to evidence: manifest, layers, tree, facts, and what differs from the base.
//!
//! Owns that every layer is read once, the largest first, as many at a time as there are threads; that
//! the first error ends the others; and what comes from the cache. Must not know how a layer is read.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use globset::{Glob, GlobSet, GlobSetBuilder};
use rollgate_engine::ImageLimits;
use rollgate_engine::extract::image::{
    ImageEvidence, ImageManifest, LayerContents, LayerDescriptor, LayerRequest, Tree, base_layers,
    compare, evidence, read_layer, wanted,
};

use super::ImageOptions;
use super::archive::LayoutArchive;
use super::cache::LayerKey;
use super::digest::BlobDigest;
use super::docker_archive::DockerArchive;
use super::error::ImageError;
use super::layout::Layout;
use super::manifest::Descriptor;
use super::reference::ImageSource;
use super::secret::conceal;
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

    let tree = image.tree(&options.limits, &layers, below)?;
    let (reads, limits) = (&options.reads, &options.limits);
    let mut after = evidence(&image.manifest, parts.as_ref(), &tree, reads, limits);
    if let Some(base) = &base {
        let tree = base.tree(limits, &layers, usize::MAX)?;
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

/// A layer that is to be read.
struct Job<'a> {
    image: &'a Opened,
    layer: usize,
    blob: &'a Descriptor,
    diff_id: &'a str,
    inspected: bool,
}

/// The layers that are to be read, each once: by blob, tar, and whether its files are inspected.
type Jobs<'a> = BTreeMap<(&'a str, &'a str, bool), Job<'a>>;

/// What layers hold.
type Layers<'a> = BTreeMap<(&'a str, &'a str, bool), Arc<LayerContents>>;

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
        let held = self.keys(below).filter_map(|key| layers.get(&key).map(Arc::clone));
        Tree::of(held, limits).map_err(|error| ImageError::Tree {
            reference: self.manifest.reference.clone(),
            error: Box::new(error),
        })
    }
}

/// The contents that are kept of files.
struct Contents {
    globs: GlobSet,
    digest: String,
}

impl Contents {
    fn wanted_by(options: &ImageOptions) -> Result<Self, ImageError> {
        let mut globs: Vec<&str> = wanted().to_vec();
        globs.extend(options.reads.iter().map(String::as_str));
        globs.sort_unstable();
        globs.dedup();
        let mut set = GlobSetBuilder::new();
        let broken = |glob: &str, error| ImageError::Glob { glob: glob.to_owned(), error };
        for glob in &globs {
            set.add(Glob::new(glob).map_err(|error| broken(glob, error))?);
        }
        let digest = BlobDigest::of(globs.join("\n").as_bytes()).to_string();
        Ok(Self { globs: set.build().map_err(|error| broken("reads", error))?, digest })
    }

    /// What the layers hold, the largest begun first.
    fn read<'a>(
        &self,
        options: &ImageOptions,
        jobs: Jobs<'a>,
        progress: &dyn Progress,
    ) -> Result<Layers<'a>, ImageError> {
        let mut queue: Vec<_> = jobs.into_iter().collect();
        queue.sort_by_key(|(_, job)| std::cmp::Reverse(job.blob.size));
        let run = Run {
            options,
            contents: self,
            queue: &queue,
            next: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
            outcome: Mutex::new(Ok(Layers::new())),
            progress,
        };
        let processors = thread::available_parallelism().map_or(1, NonZero::get);
        let threads = if options.threads == 0 { processors } else { options.threads };
        thread::scope(|scope| {
            for _ in 1..threads.min(queue.len()) {
                scope.spawn(|| run.work());
            }
            run.work();
        });
        let outcome = run.outcome.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(cache) = options.cache.as_ref().filter(|_| outcome.is_ok())
            && let Err(error) = cache.keep_bound()
        {
            tracing::warn!(%error, "the cache cannot be kept within its bound");
        }
        outcome
    }
}

/// One run through the layers, shared by its threads.
struct Run<'r, 'a> {
    options: &'r ImageOptions,
    contents: &'r Contents,
    queue: &'r [((&'a str, &'a str, bool), Job<'a>)],
    next: AtomicUsize,
    done: AtomicUsize,
    stop: AtomicBool,
    outcome: Mutex<Result<Layers<'a>, ImageError>>,
    progress: &'r dyn Progress,
}

impl Run<'_, '_> {
    fn work(&self) {
        while !self.stop.load(Ordering::Relaxed) {
            let Some((key, job)) = self.queue.get(self.next.fetch_add(1, Ordering::Relaxed)) else {
                return;
            };
            let layer = self.layer(job);
            let mut outcome = self.outcome.lock().unwrap_or_else(PoisonError::into_inner);
            match (layer, outcome.as_mut()) {
                (Ok(layer), Ok(layers)) => {
                    layers.insert(*key, Arc::new(layer));
                    drop(outcome);
                    let done = self.done.fetch_add(1, Ordering::Relaxed).saturating_add(1);
                    self.progress.layer_done(done, self.queue.len(), job.blob.size);
                }
                (Err(error), Ok(_)) => {
                    self.stop.store(true, Ordering::Relaxed);
                    *outcome = Err(error);
                }
                (_, Err(_)) => return,
            }
        }
    }

    fn layer(&self, job: &Job<'_>) -> Result<LayerContents, ImageError> {
        let key = LayerKey {
            digest: job.blob.digest.as_str(),
            diff_id: job.diff_id,
            wanted: &self.contents.digest,
            inspected: job.inspected,
        };
        let cache = self.options.cache.as_ref();
        if let Some(layer) = cache.and_then(|cache| cache.get(&key)) {
            return Ok(layer);
        }
        let mut layer = self.read(job)?;
        conceal(&mut layer);
        if let Some(cache) = cache
            && let Err(error) = cache.put(&key, &mut layer)
        {
            tracing::warn!(%error, "the cache cannot be written");
        }
        Ok(layer)
    }

    fn read(&self, job: &Job<'_>) -> Result<LayerContents, ImageError> {
        let request = LayerRequest {
            media_type: &job.blob.media_type,
            digest: job.blob.digest.as_str(),
            diff_id: job.diff_id,
            inspect_files: job.inspected,
            wanted: &self.contents.globs,
            limits: &self.options.limits,
        };
        let mut failed = None;
        let inner = job.image.store.blob(job.blob)?;
        let blob = Watched { inner, stop: &self.stop, failed: &mut failed };
        let layer = read_layer(blob, &request);
        layer.map_err(|error| match failed {
            Some(error) => error,
            None => ImageError::Layer {
                reference: job.image.manifest.reference.clone(),
                layer: job.layer,
                digest: job.blob.digest.to_string(),
                error: Box::new(error),
            },
        })
    }
}

/// A blob whose reading ends when another one failed, and that keeps what its store says.
struct Watched<'a, R> {
    inner: R,
    stop: &'a AtomicBool,
    failed: &'a mut Option<ImageError>,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            *self.failed = Some(ImageError::Stopped);
            return Err(ImageError::Stopped.into_io());
        }
        self.inner.read(buffer).map_err(|error| {
            if error.kind() == io::ErrorKind::Interrupted {
                return error;
            }
            let text = error.to_string();
            *self.failed = error.downcast().ok();
            io::Error::other(text)
        })
    }
}
