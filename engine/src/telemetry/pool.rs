//! One pool: what it asks for, what its machines run, and whether the release has it.
//!
//! Owns what is unknown of a pool, and why. Must not read objects.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rollgate_facts::{Architecture, ImageReference, Stream, Target, Text};

use super::model::{
    Answer, ExtensionTelemetry, ImageOverride, ImageReferenceKind, KernelTelemetry, PoolTelemetry,
    Unknown, UnknownPart,
};
use super::running::{Running, RunningPool, kernel_type};
use super::tables::{Place, Tables};
use crate::extract::{self, MachineConfigSource, Object, PoolSource};

/// What there is to know besides a pool itself.
#[derive(Debug)]
pub(super) struct Pools<'a> {
    pub(super) tables: &'a Tables,
    pub(super) objects: &'a [Object<'a>],
    pub(super) machine_configs: &'a [Arc<MachineConfigSource>],
    pub(super) running: Running<'a>,
    /// The release that the cluster runs, its stream and architecture, as far as they are known.
    pub(super) target: Target,
    /// The release that the cluster is to run, where that is another.
    pub(super) target_release: Option<String>,
    /// Something that could not be read, and may belong to any pool.
    pub(super) gap: Option<String>,
    /// Whether references of images are told.
    pub(super) images: bool,
}

/// What a pool asks for.
#[derive(Debug, Default)]
struct Asked {
    /// Each extension, and how many MachineConfigs ask for it.
    extensions: BTreeMap<String, Option<u64>>,
    /// The kernel; nothing where it is not known.
    kernel_type: Option<String>,
    os_image: Option<ImageReference>,
    extensions_image: Option<ImageReference>,
    unknown: Vec<Unknown>,
}

impl Pools<'_> {
    /// Every pool, in their order.
    pub(super) fn tell(&self, pools: &[PoolSource]) -> Vec<PoolTelemetry> {
        pools.iter().map(|pool| self.pool(pool)).collect()
    }

    fn pool(&self, pool: &PoolSource) -> PoolTelemetry {
        let named = extract::configuration(self.objects, &pool.name);
        let mut asked = self.asked(pool, named.desired.as_deref());
        let running = self.running.pool(pool, &named);
        let place = self.place(pool);
        let mut unknown = std::mem::take(&mut asked.unknown);
        unknown.extend(unknown_running(&running));
        let extensions = self.extensions(&asked, &running, &place);
        unknown.extend(self.unknown_support(&place, &extensions));
        let os_image = self.os_image(pool, &asked, &running);
        unknown.extend(os_image.is_some().then(|| {
            Unknown::new(
                UnknownPart::OsImageAge,
                "its machines do not tell, or none of the cluster runs the release's own image",
            )
        }));
        let extensions_image = asked.extensions_image.as_ref();
        let mut pool = PoolTelemetry {
            name: pool.name.clone(),
            paused: pool.declared.then(|| pool.paused.as_ref().is_some_and(|flag| flag.value)),
            stream: place.stream,
            architectures: place.architectures,
            machines: running.counts,
            kernel_types: kernel_types(&asked, &running),
            extensions,
            os_image,
            extensions_image: extensions_image.map(|image| {
                let runs = |config: &MachineConfigSource| {
                    let own = config.facts.base_os_extensions_container_image.as_ref();
                    own.is_some_and(|own| own.text == image.text)
                };
                self.image(image, running.count(runs))
            }),
            unknown,
        };
        pool.unknown.sort();
        pool.unknown.dedup();
        pool
    }

    /// What the pool's MachineConfigs ask for, or else the rendered config that it names.
    fn asked(&self, pool: &PoolSource, desired: Option<&str>) -> Asked {
        let parts = self.machine_configs.iter().map(AsRef::as_ref);
        let parts: Vec<_> =
            parts.filter(|it: &&MachineConfigSource| !it.replaced && pool.selects(it)).collect();
        let rendered = || self.running.configs.get(desired?).copied();
        let mut asked = match (parts.is_empty(), rendered()) {
            (false, _) => self.of_parts(pool, &parts),
            (true, Some(rendered)) => self.of_rendered(pool, rendered),
            (true, None) => Asked {
                unknown: vec![Unknown::new(
                    UnknownPart::Asked,
                    "neither its MachineConfigs nor its rendered config are given",
                )],
                ..Asked::default()
            },
        };
        let gap = self.gap.as_ref();
        asked.unknown.extend(gap.map(|gap| {
            Unknown::new(UnknownPart::Asked, &format!("`{gap}` was not read, and may belong to it"))
        }));
        asked
    }

    /// The pool rendered, as each release in question would.
    fn of_parts(&self, pool: &PoolSource, parts: &[&MachineConfigSource]) -> Asked {
        let release = self.target.release.as_deref();
        let renderings = self.tables.renderings(release);
        let rendered = renderings.iter().map(|it| extract::render(it, pool, self.machine_configs));
        let mut rendered: Vec<_> = rendered.collect();
        let Some(newest) = rendered.pop() else { return Asked::default() };
        let mut unknown = Vec::new();
        let text = |image: &Option<ImageReference>| image.as_ref().map(|image| image.text.clone());
        if rendered.iter().any(|other| other.kernel_type() != newest.kernel_type()) {
            let reason = "releases choose another of its kernels, and the release is not known";
            unknown.push(Unknown::new(UnknownPart::KernelType, reason));
        }
        if rendered.iter().any(|other| text(&other.os_image_url) != text(&newest.os_image_url)) {
            let reason = "releases choose another of its images, and the release is not known";
            unknown.push(Unknown::new(UnknownPart::OsImage, reason));
        }
        let knows = |part| unknown.iter().all(|it: &Unknown| it.what != part);
        let os_image = newest.os_image_url.clone().filter(|_| knows(UnknownPart::OsImage));
        let kernel_type = knows(UnknownPart::KernelType).then(|| newest.kernel_type().to_owned());
        let asks = |name: &Text| {
            let asking = parts
                .iter()
                .filter(|part| part.facts.extensions.iter().any(|it| it.text == name.text));
            u64::try_from(asking.count()).ok()
        };
        let extensions = newest.extensions.iter().map(|name| (name.text.clone(), asks(name)));
        Asked {
            extensions: extensions.collect(),
            kernel_type,
            os_image,
            extensions_image: newest.base_os_extensions_container_image,
            unknown,
        }
    }

    /// The rendered config as given. It has the release's image where nothing overrides it.
    fn of_rendered(&self, pool: &PoolSource, rendered: &MachineConfigSource) -> Asked {
        let stream = pool.os_image_stream.as_ref().map(|stream| stream.text.as_str());
        let release = extract::release_images(self.objects, stream);
        let other = |own: &Option<ImageReference>, release: &Option<String>| {
            own.clone().filter(|own| release.as_ref().is_some_and(|release| own.text != *release))
        };
        let facts = &rendered.facts;
        let unknown = (facts.os_image_url.is_some() && release.os_image.is_none()).then(|| {
            let reason = "the image of the release is not known, nor its MachineConfigs";
            Unknown::new(UnknownPart::OsImage, reason)
        });
        Asked {
            extensions: facts.extensions.iter().map(|it| (it.text.clone(), None)).collect(),
            kernel_type: Some(kernel_type(rendered).to_owned()),
            os_image: other(&facts.os_image_url, &release.os_image),
            extensions_image: other(
                &facts.base_os_extensions_container_image,
                &release.extensions_image,
            ),
            unknown: unknown.into_iter().collect(),
        }
    }

    /// For what its machines need extensions.
    fn place(&self, pool: &PoolSource) -> Place {
        let machines = self.running.machines.and_then(|it| it.by_pool.get(&pool.name));
        let machines = machines.map(Vec::as_slice).unwrap_or_default();
        let told: Option<BTreeSet<Architecture>> =
            machines.iter().map(|machine| machine.architecture).collect();
        let told = told.filter(|told| !told.is_empty());
        let architectures = told.unwrap_or_else(|| self.target.architecture.into_iter().collect());
        let stream: Option<Stream> = match &pool.os_image_stream {
            Some(named) => named.text.parse().ok(),
            None => self.target.stream,
        };
        Place {
            release: self.target.release.clone(),
            stream,
            architectures: architectures.into_iter().collect(),
        }
    }

    fn extensions(
        &self,
        asked: &Asked,
        running: &RunningPool<'_>,
        place: &Place,
    ) -> Vec<ExtensionTelemetry> {
        let target = self
            .target_release
            .as_ref()
            .map(|release| Place { release: Some(release.clone()), ..place.clone() });
        let asked_for = asked.extensions.keys().map(String::as_str);
        let names: BTreeSet<&str> = asked_for.chain(running.extensions()).collect();
        let tell = |name: &str| ExtensionTelemetry {
            name: name.to_owned(),
            known: self.tables.knows_extension(name),
            asked: asked.extensions.contains_key(name),
            machine_configs: asked.extensions.get(name).copied().unwrap_or(Some(0)),
            machines: running
                .count(|config| config.facts.extensions.iter().any(|it| it.text == name)),
            supported: self.tables.supports(name, place),
            supported_on_target: target.as_ref().map(|place| self.tables.supports(name, place)),
        };
        names.into_iter().map(tell).collect()
    }

    /// Why it is not known of some extensions whether they are supported.
    fn unknown_support(&self, place: &Place, extensions: &[ExtensionTelemetry]) -> Vec<Unknown> {
        let rows = [
            (
                UnknownPart::Supported,
                place.release.as_ref(),
                extensions.iter().any(|it| it.supported == Answer::Unknown),
            ),
            (
                UnknownPart::SupportedOnTarget,
                self.target_release.as_ref(),
                extensions.iter().any(|it| it.supported_on_target == Some(Answer::Unknown)),
            ),
        ];
        let reason = |release: Option<&String>| match release {
            None => "the release is not known".to_owned(),
            Some(release) if !self.tables.knows_release(release) => {
                format!("the tables do not know release `{release}`")
            }
            Some(_) if place.stream.is_none() => "the stream is not known".to_owned(),
            Some(_) if place.architectures.is_empty() => "the architecture is not known".to_owned(),
            Some(release) => format!("the tables do not know this stream of release `{release}`"),
        };
        let unknown = rows.into_iter().filter(|(_, _, unknown)| *unknown);
        unknown.map(|(what, release, _)| Unknown { what, reason: reason(release) }).collect()
    }

    fn os_image(
        &self,
        pool: &PoolSource,
        asked: &Asked,
        running: &RunningPool<'_>,
    ) -> Option<ImageOverride> {
        if extract::is_layered(self.objects, &pool.name) {
            // Which of its machines booted the built image, rendered configs do not tell.
            return Some(ImageOverride {
                by: ImageReferenceKind::Build,
                signed: Answer::Unknown,
                machines: None,
                release: None,
                releases_behind: None,
                built: None,
                days_behind: None,
                reference: None,
            });
        }
        let image = asked.os_image.as_ref()?;
        let runs = |config: &MachineConfigSource| {
            config.facts.os_image_url.as_ref().is_some_and(|own| own.text == image.text)
        };
        Some(self.image(image, running.count(runs)))
    }

    fn image(&self, image: &ImageReference, machines: Option<u64>) -> ImageOverride {
        ImageOverride {
            by: match (image.valid, &image.digest) {
                (false, _) => ImageReferenceKind::Invalid,
                (true, Some(_)) => ImageReferenceKind::Digest,
                (true, None) => ImageReferenceKind::Tag,
            },
            signed: Answer::Unknown,
            machines,
            release: None,
            releases_behind: None,
            built: None,
            days_behind: None,
            reference: self.images.then(|| image.text.clone()),
        }
    }
}

fn kernel_types(asked: &Asked, running: &RunningPool<'_>) -> Vec<KernelTelemetry> {
    let asked_for = asked.kernel_type.as_deref();
    let names: BTreeSet<&str> = asked_for.into_iter().chain(running.kernel_types()).collect();
    let tell = |name: &str| KernelTelemetry {
        kernel_type: name.to_owned(),
        asked: asked_for == Some(name),
        machines: running.count(|config| kernel_type(config) == name),
    };
    names.into_iter().map(tell).collect()
}

/// Why it is not known what machines run.
fn unknown_running(running: &RunningPool<'_>) -> Option<Unknown> {
    let Some(counts) = running.counts else {
        return Some(Unknown::new(UnknownPart::Machines, "no Node is given, and no count of them"));
    };
    let missing = counts.total - counts.known;
    (missing > 0).then(|| Unknown {
        what: UnknownPart::Running,
        reason: format!(
            "{missing} of {} machines are not done, or the rendered config that they name is not given",
            counts.total
        ),
    })
}

impl Unknown {
    fn new(what: UnknownPart, reason: &str) -> Self {
        Self { what, reason: reason.to_owned() }
    }
}
