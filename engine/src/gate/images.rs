//! Images: what is known of them, beside the objects that name them.
//!
//! Owns which image an object means, and what the facts of an image and of a pool tell of each other.
//! Must not know how an image was read.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rollgate_facts::{Image, ImageReference, Locator, MachineConfig, NamedBy, PoolImage};

use crate::extract::image::ImageEvidence;
use crate::extract::{MachineConfigSource, Object};
use crate::policy::ImageFiles;
use crate::report::{ImagePlace, LayerPlace, Unjudged};

/// The annotation that says why the operating system image of the release is overridden.
const OVERRIDE_REASON: &str = "rollgate.io/override-reason";

/// The annotation that says until when (`2027-03-01`).
const OVERRIDE_UNTIL: &str = "rollgate.io/override-until";

/// An image that was read, or whose facts were saved.
#[derive(Debug, Clone)]
pub struct GivenImage {
    /// The facts.
    pub image: Arc<Image>,
    /// Its files.
    pub files: ImageFiles,
    /// What it is there for.
    pub role: ImageRole,
    /// What objects call it, beside its digest.
    pub names: Vec<String>,
}

/// What an image is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageRole {
    /// It is judged, unless the objects name it as an image of extensions and as nothing else.
    Subject,
    /// It is the operating system image of the release, from which others should derive.
    Release,
}

impl GivenImage {
    /// The image of this evidence.
    pub fn new(evidence: ImageEvidence, role: ImageRole) -> Self {
        let ImageEvidence { image, files, contents, .. } = evidence;
        let without_packages = image.not_collected.get("packages").cloned();
        let files = ImageFiles::new(files, contents, without_packages);
        let names = vec![bare(&image.reference).to_owned()];
        Self { image: Arc::new(image), files, role, names }
    }

    /// Whether an object means this image.
    pub fn is_meant_by(&self, reference: &ImageReference) -> bool {
        match &reference.digest {
            Some(digest) if *digest == self.image.digest => true,
            _ => self.names.iter().any(|name| *name == bare(&reference.text)),
        }
    }

    /// Whether it is judged as an operating system image. What the image holds does not count: any
    /// image can have the file of an extensions image.
    fn is_subject(&self, machine_configs: &[Arc<MachineConfigSource>]) -> bool {
        let means = |named: Option<&ImageReference>| named.is_some_and(|it| self.is_meant_by(it));
        let mut facts = machine_configs.iter().map(|source| &source.facts);
        let offers =
            |facts: &MachineConfig| means(facts.base_os_extensions_container_image.as_ref());
        let boots = |facts: &MachineConfig| means(facts.os_image_url.as_ref());
        let only_offers = facts.clone().any(offers) && !facts.any(boots);
        self.role == ImageRole::Subject && !only_offers
    }
}

/// An image with what the objects say of it.
#[derive(Debug, Clone)]
pub(super) struct ImageSubject {
    pub(super) image: Image,
    pub(super) files: ImageFiles,
}

impl ImageSubject {
    /// Where in the image a locator points, for people.
    pub(super) fn place(&self, at: &Locator) -> Option<ImagePlace> {
        let image = &self.image;
        if at.object_id() != image.at.object_id() {
            return None;
        }
        let path = at.entry_path();
        let file = path.and_then(|path| self.files.file(path));
        let layer = file.and_then(|file| {
            let layer = image.layers.get(file.layer)?;
            let (number, of) = (file.layer + 1, image.layers.len());
            let (digest, in_base) = (layer.digest.clone(), layer.in_base);
            Some(LayerPlace { number, of, digest, in_base })
        });
        Some(ImagePlace {
            reference: image.reference.clone(),
            path: path.map(ToOwned::to_owned),
            line: path.and_then(|_| at.content_line()),
            layer,
        })
    }
}

/// The image that a pool or MachineConfig means.
pub(super) fn find<'i>(
    images: &'i [GivenImage],
    reference: &ImageReference,
) -> Option<&'i GivenImage> {
    images.iter().find(|image| image.is_meant_by(reference))
}

/// What the facts of a pool tell of the image that it means.
pub(super) fn of_pool(
    images: &[GivenImage],
    reference: Option<&ImageReference>,
) -> Option<PoolImage> {
    Some(PoolImage::of(&find(images, reference?)?.image))
}

/// The images that are judged, each once.
pub(super) fn subjects(
    images: &[GivenImage],
    objects: &[Object<'_>],
    machine_configs: &[Arc<MachineConfigSource>],
    today: Date,
) -> Vec<ImageSubject> {
    let release = images.iter().find(|image| image.role == ImageRole::Release);
    let mut by_digest: BTreeMap<&str, ImageSubject> = BTreeMap::new();
    for given in images.iter().filter(|image| image.is_subject(machine_configs)) {
        by_digest.entry(&given.image.digest).or_insert_with(|| {
            let mut image = Image::clone(&given.image);
            image.release_image = release.map(|release| PoolImage::of(&release.image));
            image.named_by = named_by(given, objects, machine_configs, today);
            // It is to boot, whatever it offers; rules leave extensions images alone.
            image.extensions = None;
            ImageSubject { image, files: given.files.clone() }
        });
    }
    by_digest.into_values().collect()
}

/// The images that stand for extensions and do not tell which they offer.
pub(super) fn silent<'i>(
    images: &'i [GivenImage],
    machine_configs: &'i [Arc<MachineConfigSource>],
) -> impl Iterator<Item = Unjudged> + 'i {
    let offers = |given: &&GivenImage| {
        given.role == ImageRole::Subject && !given.is_subject(machine_configs)
    };
    let silent = images.iter().filter(offers).filter(|given| given.image.extensions.is_none());
    silent.map(|given| {
        let why = given.image.not_collected.get("extensions").map(String::as_str);
        let why = why.unwrap_or("it has no `/usr/share/rpm-ostree/extensions.json`");
        Unjudged {
            name: given.image.reference.clone(),
            place: None,
            message: format!("the extensions image does not tell what it offers: {why}"),
            help: "name the extensions image of the release on whose image the OS is built"
                .to_owned(),
        }
    })
}

/// The MachineConfigs of users that make it the operating system image of nodes.
fn named_by(
    given: &GivenImage,
    objects: &[Object<'_>],
    machine_configs: &[Arc<MachineConfigSource>],
    today: Date,
) -> Vec<NamedBy> {
    let annotations: BTreeMap<&Locator, &BTreeMap<String, String>> =
        objects.iter().map(|object| (&object.at, &object.annotations)).collect();
    let names = |source: &&Arc<MachineConfigSource>| {
        let facts = &source.facts;
        !source.replaced
            && !facts.rendered
            && !facts.generated
            && facts.os_image_url.as_ref().is_some_and(|image| given.is_meant_by(image))
    };
    let one = |source: &Arc<MachineConfigSource>| {
        let facts = &source.facts;
        let annotation = |name: &str| annotations.get(&facts.at)?.get(name).cloned();
        let until = annotation(OVERRIDE_UNTIL);
        NamedBy {
            at: facts.os_image_url.as_ref().map_or_else(|| facts.at.clone(), |url| url.at.clone()),
            kind: "MachineConfig".to_owned(),
            name: facts.name.clone(),
            override_reason: annotation(OVERRIDE_REASON),
            overdue: until.as_ref().and_then(|until| Some(until.parse::<Date>().ok()? < today)),
            override_until: until,
        }
    };
    machine_configs.iter().filter(names).map(one).collect()
}

/// A reference without the name of its transport.
fn bare(reference: &str) -> &str {
    reference.strip_prefix("docker://").unwrap_or(reference)
}
