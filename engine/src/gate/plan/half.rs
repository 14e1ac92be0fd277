//! One half of a comparison: the rendered config of a pool before or after a change.
//!
//! Owns what the pool runs, with its images and decoded contents, and what of the new one the
//! operator refuses.

use std::sync::Arc;

use rollgate_facts::{Contents, Ignition, Problem, ProblemKind};

use crate::extract::effect::Side;
use crate::extract::{
    self, ContentBudget, MachineConfigSource, Object, PoolSource, ReleaseImages, Rendered,
    Rendering,
};
use crate::gate::evidence::Evidence;
use crate::gate::{Gate, OriginPlace, pool_facts};
use crate::plan::Reason;
use crate::text::Places;

use super::pools::PoolPair;

/// The annotation by which the operator says that a MachineConfig overrides the release's image.
const OVERRIDDEN: &str = "machineconfiguration.openshift.io/os-image-url-overridden";

/// Problems of one MachineConfig for which the API server or the operator refuses it; what else is
/// wrong with one they take as it is.
const REFUSED: &[ProblemKind] = &[
    ProblemKind::WrongType,
    ProblemKind::EmptySelector,
    ProblemKind::UnknownApiVersion,
    ProblemKind::IgnitionVersion,
    ProblemKind::InvalidPath,
    ProblemKind::DuplicateEntry,
    ProblemKind::PathConflict,
    ProblemKind::InvalidMode,
    ProblemKind::InvalidSource,
    ProblemKind::InvalidDataUrl,
    ProblemKind::InvalidCompression,
    ProblemKind::InvalidOwner,
    ProblemKind::InvalidHttpHeaders,
    ProblemKind::InvalidStorage,
    ProblemKind::InvalidUnitName,
    ProblemKind::InvalidUnitContents,
    ProblemKind::InvalidUser,
    ProblemKind::InvalidKernelArguments,
    ProblemKind::InvalidIgnition,
    ProblemKind::Untranslatable,
];

/// A rendered config with what belongs to it.
pub(super) struct Half<'e> {
    /// The config.
    pub(super) rendered: Rendered,
    /// Its Ignition config, decoded.
    pub(super) ignition: Ignition,
    /// The images of the release, or of the rendered config itself.
    pub(super) images: ReleaseImages,
    /// Whether a MachineConfig overrides the operating system image.
    overridden: bool,
    /// Where its values stand.
    pub(super) places: &'e Places<'e>,
    /// What decoding its contents brought to light.
    faults: Vec<Problem>,
}

impl<'e> Half<'e> {
    /// Whether a release could have rendered what runs now; it could where nothing tells.
    pub(super) fn could_run(
        evidence: &Evidence<'_>,
        rendering: &Rendering,
        pair: &PoolPair,
    ) -> bool {
        let Some(before) = &evidence.before else { return true };
        let pool = pair.old.as_ref().unwrap_or_else(|| pair.pool());
        let running = pool_facts::running(rendering, before, evidence, pool);
        running.is_none_or(|rendered| is_sound(&rendered))
    }

    /// What the pool's nodes run now; none where nothing tells.
    pub(super) fn before(
        gate: &Gate<'_>,
        evidence: &'e Evidence<'e>,
        rendering: &Rendering,
        pair: &PoolPair,
    ) -> Option<Self> {
        let before = evidence.before.as_ref()?;
        let pool = pair.old.as_ref().unwrap_or_else(|| pair.pool());
        let rendered = pool_facts::running(rendering, before, evidence, pool)?;
        let images = match pool_facts::rendered_config(before, evidence, pool) {
            Some(source) => Images::of_rendered(&before.objects, source),
            None => Images::of_pool(&before.objects, pool, &rendered),
        };
        Some(Self::new(gate, rendered, images, &before.places))
    }

    /// What the pool's nodes would run.
    pub(super) fn after(
        gate: &Gate<'_>,
        evidence: &'e Evidence<'e>,
        rendering: &Rendering,
        pair: &PoolPair,
    ) -> Result<Self, Reason> {
        let pool = pair.new.as_ref().unwrap_or_else(|| pair.pool());
        let rendered = pool_facts::now(rendering, evidence, pool);
        if !rendered.members.is_empty() {
            let images = Images::of_pool(&evidence.objects, pool, &rendered);
            return Ok(Self::new(gate, rendered, images, &evidence.places));
        }
        let own = |source: &&Arc<MachineConfigSource>| {
            source.is_rendered() && source.rendered_for.as_deref() == Some(pool.name.as_str())
        };
        let own: Vec<_> = evidence.machine_configs.iter().filter(own).collect();
        match own.as_slice() {
            [source] => {
                let images = Images::of_rendered(&evidence.objects, source);
                let rendered = extract::as_rendered(rendering, source);
                Ok(Self::new(gate, rendered, images, &evidence.places))
            }
            [] => Err(Reason::refused(
                "no MachineConfig is selected, so the operator renders nothing".to_owned(),
                None,
            )),
            _ => Err(Reason::unknown(
                "there are several rendered configs, and nothing says which it gets".to_owned(),
            )),
        }
    }

    fn new(gate: &Gate<'_>, rendered: Rendered, images: Images, places: &'e Places<'e>) -> Self {
        let limits = &gate.settings.limits;
        let mut budget = ContentBudget::new(limits);
        let (ignition, faults) = extract::ignition::facts(limits, &mut budget, &rendered.config);
        let Images { release, overridden } = images;
        Self { rendered, ignition, images: release, overridden, places, faults }
    }

    /// Whether the operator could render it.
    pub(super) fn is_sound(&self) -> bool {
        is_sound(&self.rendered)
    }

    /// The half as the operator compares it.
    pub(super) fn side(&self) -> Side<'_> {
        Side {
            rendered: &self.rendered,
            os_image: self.os_image(),
            os_image_overridden: self.overridden,
        }
    }

    /// The operating system image, where known.
    pub(super) fn os_image(&self) -> Option<&str> {
        let own = self.rendered.os_image_url.as_ref().map(|image| image.text.as_str());
        own.or(self.images.os_image.as_deref())
    }

    /// The image of the extensions, where known.
    pub(super) fn extensions_image(&self) -> Option<&str> {
        let own = self.rendered.base_os_extensions_container_image.as_ref();
        own.map(|image| image.text.as_str()).or(self.images.extensions_image.as_deref())
    }

    /// The contents of a file.
    pub(super) fn contents(&self, path: &str) -> Option<&Contents> {
        self.ignition.files.get(path)?.contents.as_ref()
    }

    /// Where a file stands.
    pub(super) fn file(&self, path: &str) -> Option<OriginPlace> {
        Some(OriginPlace::find(self.places, &self.ignition.files.get(path)?.at))
    }

    /// Why the operator, or a node, refuses this config whatever ran before.
    pub(super) fn refusals(&self, evidence: &Evidence<'_>, pair: &PoolPair) -> Vec<Reason> {
        let pool = pair.new.as_ref().unwrap_or_else(|| pair.pool());
        let parts = evidence.machine_configs.iter();
        let parts = parts.filter(|source| !source.replaced && pool.selects(source));
        let of_parts = parts
            .flat_map(|source| &source.facts.problems)
            .filter(|problem| REFUSED.contains(&problem.kind));
        let undecodable =
            self.faults.iter().filter(|fault| fault.kind == ProblemKind::UndecodableContents);
        let problems = of_parts.chain(&self.rendered.problems).chain(undecodable);
        let mut reasons: Vec<Reason> =
            problems.map(|problem| self.refused(problem.text.clone(), &problem.at)).collect();
        let files = self.ignition.files.values();
        let remote =
            files.filter_map(|file| file.contents.as_ref().map(|contents| (file, contents)));
        let remote = remote.filter(|(_, contents)| !matches!(&*contents.scheme, "data" | ""));
        reasons.extend(remote.map(|(file, contents)| {
            let text = format!("running nodes do not fetch `{}`, and stop there", file.path);
            self.refused(text, &contents.at)
        }));
        let told: Vec<_> = self.rendered.members.iter().filter(|member| !member.merged).collect();
        if reasons.is_empty() {
            reasons.extend(told.iter().map(|member| {
                let text = format!("the operator refuses MachineConfig `{}`", member.name);
                self.refused(text, &member.at)
            }));
        }
        reasons.sort();
        reasons.dedup();
        reasons
    }

    fn refused(&self, text: String, at: &rollgate_facts::Locator) -> Reason {
        Reason::refused(text, Some(OriginPlace::find(self.places, at)))
    }
}

fn is_sound(rendered: &Rendered) -> bool {
    rendered.problems.is_empty() && rendered.members.iter().all(|member| member.merged)
}

/// The images of a half.
struct Images {
    release: ReleaseImages,
    overridden: bool,
}

impl Images {
    /// Of MachineConfigs that are rendered: what they override, and the release's own.
    fn of_pool(objects: &[Object<'_>], pool: &PoolSource, rendered: &Rendered) -> Self {
        let stream = pool.os_image_stream.as_ref().map(|stream| stream.text.as_str());
        Self {
            release: extract::release_images(objects, stream),
            overridden: rendered.os_image_url.is_some(),
        }
    }

    /// Of a rendered config, which holds its images itself.
    fn of_rendered(objects: &[Object<'_>], source: &MachineConfigSource) -> Self {
        let object = objects.iter().find(|object| object.at == source.facts.at);
        let annotation = object.and_then(|object| object.annotations.get(OVERRIDDEN));
        Self {
            release: ReleaseImages::default(),
            overridden: annotation.is_some_and(|text| text == "true"),
        }
    }
}

/// That the release's image stays, where only one side tells it.
pub(super) fn images_assumption(evidence: &Evidence<'_>) -> Option<String> {
    let told = |objects: &[Object<'_>]| extract::release_images(objects, None).os_image.is_some();
    let before = evidence.before.as_ref()?;
    let both = told(&evidence.objects) && told(&before.objects);
    (!both).then(|| {
        "the operating system image of the release stays as it is: ControllerConfig or \
         OSImageStream is not given both before and after"
            .to_owned()
    })
}
