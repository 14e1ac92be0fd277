//! The layers of images, read as many at a time as there are threads.
//!
//! Owns that each is read once, the largest begun first; that the first error ends the others; what
//! comes from the cache; and that all together stay within the limits. Must not know what a layer is
//! for.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use globset::{Glob, GlobSet, GlobSetBuilder};
use rollgate_engine::ImageLimits;
use rollgate_engine::extract::image::{LayerContents, LayerRequest, read_layer, wanted};

use super::{Opened, Progress};
use crate::image::ImageOptions;
use crate::image::cache::LayerKey;
use crate::image::digest::BlobDigest;
use crate::image::error::ImageError;
use crate::image::manifest::Descriptor;
use crate::image::secret::conceal;

/// A layer that is to be read.
pub(super) struct Job<'a> {
    pub(super) image: &'a Opened,
    pub(super) layer: usize,
    pub(super) blob: &'a Descriptor,
    pub(super) diff_id: &'a str,
    pub(super) inspected: bool,
}

/// What tells layers apart: blob, tar, and whether files are inspected.
pub(super) type Key<'a> = (&'a str, &'a str, bool);

/// The layers that are to be read, each once.
pub(super) type Jobs<'a> = BTreeMap<Key<'a>, Job<'a>>;

/// What layers hold.
pub(super) type Layers<'a> = BTreeMap<Key<'a>, Arc<LayerContents>>;

/// The contents that are kept of files.
pub(super) struct Contents {
    globs: GlobSet,
    digest: String,
}

impl Contents {
    pub(super) fn wanted_by(options: &ImageOptions) -> Result<Self, ImageError> {
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
    pub(super) fn read<'a>(
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
            held: Mutex::default(),
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
    queue: &'r [(Key<'a>, Job<'a>)],
    next: AtomicUsize,
    done: AtomicUsize,
    stop: AtomicBool,
    outcome: Mutex<Result<Layers<'a>, ImageError>>,
    held: Mutex<Held>,
    progress: &'r dyn Progress,
}

impl Run<'_, '_> {
    fn work(&self) {
        while !self.stop.load(Ordering::Relaxed) {
            let Some((key, job)) = self.queue.get(self.next.fetch_add(1, Ordering::Relaxed)) else {
                return;
            };
            let layer = self.layer(job).and_then(|layer| {
                let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
                held.add(&layer, &self.options.limits, job).map(|()| layer)
            });
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

/// What all layers come to.
#[derive(Default)]
struct Held {
    bytes: u64,
    entries: u64,
    contents: u64,
}

impl Held {
    /// Counts a layer, as long as all together stay within the limits of one image; what is read of a
    /// base counts as well.
    fn add(
        &mut self,
        layer: &LayerContents,
        limits: &ImageLimits,
        job: &Job<'_>,
    ) -> Result<(), ImageError> {
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let contents = layer.contents.iter().map(|(_, bytes)| count(bytes.len())).sum();
        let counts = [
            ("layers with unpacked bytes", &mut self.bytes, layer.bytes, limits.total_bytes),
            (
                "layers with a number of entries",
                &mut self.entries,
                count(layer.entries.len()),
                count(limits.total_entries),
            ),
            ("kept contents with bytes", &mut self.contents, contents, limits.total_content_bytes),
        ];
        for (what, held, more, limit) in counts {
            *held = held.saturating_add(more);
            // An image and its base.
            let limit = limit.saturating_mul(2);
            if *held > limit {
                let place = job.image.manifest.reference.clone();
                return Err(ImageError::Limit { place, what, found: *held, limit });
            }
        }
        Ok(())
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
