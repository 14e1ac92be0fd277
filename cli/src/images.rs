//! The images of a run: those that were given, those that objects name, and what they stand on.
//!
//! Owns which images are read, and what becomes of those that cannot be: each is said beside the rest,
//! which is still judged.

use std::path::Path;

use miette::MietteDiagnostic;
use rollgate_engine::extract::image::ImageEvidence;
use rollgate_engine::report::Unjudged;
use rollgate_engine::{Artifact, Gate, GivenImage, ImageRole, Input, Limits, NamedImages};
use rollgate_facts::Architecture;
use rollgate_sources::image::{
    Cache, HostPaths, ImageError, ImageOptions, ImageSource, read_image,
};

use crate::args::{CacheArguments, ImageArguments, RegistryArguments, WhichImages};
use crate::progress::Progress;
use crate::settings::useless;

/// Reads the images of a run into its input.
pub(crate) fn add(
    gate: &Gate<'_>,
    limits: &Limits,
    arguments: &ImageArguments,
    progress: &Progress,
    input: &mut Input,
) -> miette::Result<()> {
    let given = parsed(&arguments.images)?;
    let base = arguments.base.as_deref().map(reference).transpose()?;
    let release = arguments.release_image.as_deref().map(reference).transpose()?;
    for file in &arguments.image_facts {
        input.images.push(GivenImage::new(saved(limits, file)?, ImageRole::Subject));
    }
    if let Some(file) = &arguments.release_image_facts {
        input.images.push(GivenImage::new(saved(limits, file)?, ImageRole::Release));
    }
    let named = match arguments.which {
        WhichImages::Named => gate.named_images(&input.artifacts, !given.is_empty()),
        WhichImages::Given => NamedImages::default(),
    };
    let architecture = input.target.architecture.or(named.target.architecture);
    let mut options = options(&arguments.registry, architecture, limits);
    options.reads = gate.image_reads();
    options.mirrors = named.mirrors;
    let images = Images { options, progress, base };

    let known_release = input.images.iter().any(|image| image.role == ImageRole::Release);
    let release = release.or_else(|| named.release.as_deref().and_then(|text| text.parse().ok()));
    let release = release.filter(|_| !known_release);
    for source in &given {
        images.read(source, &[], release.as_ref(), input);
    }
    for wanted in &named.references {
        if input.images.iter().any(|image| image.is_meant_by(wanted)) {
            continue;
        }
        match wanted.text.parse::<ImageSource>() {
            Ok(source) => images.read(&source, &[&wanted.text], release.as_ref(), input),
            Err(error) => input.unread_images.push(unjudged(&wanted.text, &error)),
        }
    }
    let judged = input.images.iter().any(|image| image.role == ImageRole::Subject);
    if let Some(release) = release.filter(|_| judged) {
        images.read_release(&release, input);
    }
    Ok(())
}

/// Reads one image, alone.
pub(crate) fn one(
    registry: &RegistryArguments,
    architecture: Option<Architecture>,
    reads: Vec<String>,
    (image, base): (&str, Option<&str>),
    progress: &Progress,
) -> miette::Result<ImageEvidence> {
    let (source, base) = (reference(image)?, base.map(reference).transpose()?);
    let options = ImageOptions { reads, ..options(registry, architecture, &Limits::default()) };
    read_image(&options, &source, base.as_ref(), progress).map_err(|error| refused(&error))
}

/// The facts that `rollgate facts --save` wrote.
fn saved(limits: &Limits, file: &Path) -> miette::Result<ImageEvidence> {
    let artifact: Artifact = rollgate_sources::read_file(limits, file).map_err(useless)?;
    ImageEvidence::read(artifact.bytes(), &limits.image).map_err(|error| {
        MietteDiagnostic::new(format!("`{}`: {error}", artifact.name()))
            .with_help("write it anew with `rollgate facts --image REF --save FILE`")
            .into()
    })
}

/// What reads images.
struct Images<'p> {
    options: ImageOptions,
    progress: &'p Progress,
    /// The base of all of them, where the user named one.
    base: Option<ImageSource>,
}

impl Images<'_> {
    /// Reads an image that is judged, with what differs from its base; where the base is only the
    /// release's, an image is judged without it too.
    fn read(
        &self,
        source: &ImageSource,
        names: &[&str],
        release: Option<&ImageSource>,
        input: &mut Input,
    ) {
        let result = match (&self.base, release) {
            (Some(base), _) => self.evidence(source, Some(base)),
            (None, Some(release)) => self.evidence(source, Some(release)).or_else(|error| {
                let mut evidence = self.evidence(source, None)?;
                let why = format!("the image of the release cannot be read: {error}");
                evidence.image.not_collected.insert("change".to_owned(), why);
                Ok(evidence)
            }),
            (None, None) => self.evidence(source, None),
        };
        match result {
            Ok(evidence) => {
                let mut image = GivenImage::new(evidence, ImageRole::Subject);
                image.names.extend(names.iter().map(|name| (*name).to_owned()));
                input.images.push(image);
            }
            Err(error) => input.unread_images.push(unjudged(&source.to_string(), &error)),
        }
    }

    /// Reads the image of the release; what needs it says so where it is missing.
    fn read_release(&self, source: &ImageSource, input: &mut Input) {
        match self.evidence(source, None) {
            Ok(evidence) => input.images.push(GivenImage::new(evidence, ImageRole::Release)),
            Err(error) => input.unread_images.push(unjudged(&source.to_string(), &error)),
        }
    }

    fn evidence(
        &self,
        source: &ImageSource,
        base: Option<&ImageSource>,
    ) -> Result<ImageEvidence, ImageError> {
        self.progress.say("reading images");
        read_image(&self.options, source, base, self.progress)
    }
}

/// The cache that the arguments mean; none, where the host has no place for it.
pub(crate) fn cache(arguments: &CacheArguments) -> Option<Cache> {
    if arguments.no_cache {
        return None;
    }
    let folder = arguments.cache_dir.clone().or_else(|| HostPaths::from_environment().cache);
    folder.map(Cache::open)
}

fn options(
    arguments: &RegistryArguments,
    architecture: Option<Architecture>,
    limits: &Limits,
) -> ImageOptions {
    ImageOptions {
        architecture,
        offline: arguments.offline,
        authfile: arguments.authfile.clone(),
        certificates: arguments.cert_dir.clone(),
        registries_conf: arguments.registries_conf.clone(),
        host: HostPaths::from_environment(),
        cache: cache(&arguments.cache),
        limits: limits.image.clone(),
        ..ImageOptions::default()
    }
}

fn parsed(references: &[String]) -> miette::Result<Vec<ImageSource>> {
    references.iter().map(|text| reference(text)).collect()
}

/// A reference that a user typed.
fn reference(text: &str) -> miette::Result<ImageSource> {
    text.parse().map_err(|error| refused(&error))
}

fn refused(error: &ImageError) -> miette::Report {
    MietteDiagnostic::new(error.to_string()).with_help(error.help()).into()
}

fn unjudged(name: &str, error: &ImageError) -> Unjudged {
    Unjudged {
        name: name.to_owned(),
        place: None,
        message: error.to_string(),
        help: error.help().to_owned(),
    }
}
