//! Rendering: the MachineConfigs of a pool merged as the Machine Config Operator merges them.
//!
//! Owns the order, and the fields of `spec` around the Ignition config
//! (`pkg/controller/common/helpers.go`, `MergeMachineConfigs`). Must not know policies; what a
//! release does differently comes in as a [`Rendering`].

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use rollgate_facts::{
    Flag, ImageReference, Locator, MachineConfig, Member, Problem, ProblemKind, Text,
};
use serde::Deserialize;
use serde_json::json;

use crate::extract::cluster::ReleaseImages;
use crate::extract::ignition::{self, Config, Item, Object, SpecVersion, Translation};
use crate::extract::machine_config::MachineConfigSource;
use crate::extract::pools::PoolSource;
use crate::extract::shadow::{Shadows, Writers};

/// How a release renders: one row of the table `releases`.
#[expect(clippy::struct_excessive_bools, reason = "a row of a table, each column on its own")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Rendering {
    /// The position among the releases, oldest first.
    pub order: u32,
    /// What it takes and merges.
    pub ignition: IgnitionVersions,
    /// Whether the MachineConfigs of role `worker` come before all others, since 4.15.
    pub worker_first: bool,
    /// Whether mode bits above 0777 vanish when older specs are translated, up to 4.22.
    pub masks_special_mode_bits: bool,
    /// Whether images in generated MachineConfigs override like any other, up to 4.20.
    pub generated_images_win: bool,
    /// Whether a kernel argument that stands twice is kept once, in 4.13 and 4.14.
    #[serde(default)]
    pub deduplicates_kernel_arguments: bool,
    /// Whether Ignition's own kernel arguments are moved to `spec.kernelArguments`, in 4.13, which
    /// reads Ignition specs that have them and merges in one that has not.
    #[serde(default)]
    pub moves_ignition_kernel_arguments: bool,
}

/// The Ignition versions of a release.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct IgnitionVersions {
    /// Accepted, as `3.4`.
    pub accepted: Vec<String>,
    /// Merged in, as `3.5.0`.
    pub merged: SpecVersion,
}

/// The MachineConfigs of a pool, merged.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The MachineConfigs, in merge order.
    pub members: Vec<Member>,
    /// `osImageURL`, where a MachineConfig sets it.
    pub os_image_url: Option<ImageReference>,
    /// `baseOSExtensionsContainerImage`, where a MachineConfig sets it.
    pub base_os_extensions_container_image: Option<ImageReference>,
    /// `kernelArguments`
    pub kernel_arguments: Vec<Text>,
    /// `extensions`
    pub extensions: Vec<Text>,
    /// `kernelType`, where not `default`.
    pub kernel_type: Option<Text>,
    /// Every `kernelType` that is written.
    pub kernel_types: Vec<Text>,
    /// Every `fips` that is written.
    pub fips_settings: Vec<Flag>,
    /// `fips`, where a MachineConfig sets it.
    pub fips: Option<Flag>,
    /// The merged Ignition config.
    pub config: Config,
    /// What a later MachineConfig replaced of an earlier one.
    pub shadows: Shadows,
    /// What is wrong with the result that is wrong with none of its parts.
    pub problems: Vec<Problem>,
}

/// Merges what `pool` selects from `sources`.
pub fn render(
    rendering: &Rendering,
    pool: &PoolSource,
    sources: &[Arc<MachineConfigSource>],
) -> Rendered {
    let ordered = in_order(rendering, pool, sources);
    let mut problems = pool.problems.clone();
    let mut writers = Writers::default();
    let (mut members, mut parts) = (Vec::with_capacity(ordered.len()), Vec::new());
    for source in &ordered {
        let (part, faults) = rendering.accept(source);
        problems.extend(faults);
        members.push(source.member(part.is_some()));
        if let Some(part) = part {
            writers.note(source, &part);
            parts.push(part);
        }
    }
    let merged = ignition::merge_all(parts);
    problems.extend(merged.as_ref().map(ignition::validate_merged).unwrap_or_default());
    // What is wrong with a part is told of the part.
    let known = ordered.iter().flat_map(|source| &source.facts.problems);
    let known: BTreeSet<_> = known.map(|problem| (problem.kind, &problem.at)).collect();
    problems.retain(|problem| {
        !known.contains(&(problem.kind, &problem.at))
            && !follows_from_unknown_field(problem, &known)
    });
    problems.sort();
    problems.dedup();
    let counts =
        |source: &&MachineConfigSource| rendering.generated_images_win || !source.facts.generated;
    let images: Vec<_> = ordered.iter().copied().filter(counts).collect();
    Rendered {
        os_image_url: last_image(&images, |facts| &facts.os_image_url),
        base_os_extensions_container_image: last_image(&images, |facts| {
            &facts.base_os_extensions_container_image
        }),
        kernel_arguments: kernel_arguments(rendering, &ordered),
        extensions: concatenated(&ordered, |source| &source.facts.extensions),
        kernel_type: kernel_type(&ordered),
        kernel_types: ordered
            .iter()
            .filter_map(|source| source.facts.kernel_type.clone())
            .collect(),
        fips_settings: ordered.iter().filter_map(|source| source.facts.fips.clone()).collect(),
        fips: fips(&ordered),
        shadows: writers.shadows(rendering.worker_first),
        members,
        config: merged.unwrap_or_else(|| rendering.empty(&pool.at)),
        problems,
    }
}

/// Whether a file lacks a source because that was written under another name, which is told already.
fn follows_from_unknown_field(
    problem: &Problem,
    known: &BTreeSet<(ProblemKind, &Locator)>,
) -> bool {
    let contents = format!("{}/contents/", problem.at.as_str().trim_end_matches("/overwrite"));
    let mut unknown = known.iter().filter(|(kind, _)| *kind == ProblemKind::UnknownField);
    problem.kind == ProblemKind::OverwriteWithoutSource
        && unknown.any(|(_, at)| at.as_str().starts_with(&contents))
}

/// A rendered config as given, which is what a merge came to.
pub fn as_rendered(rendering: &Rendering, source: &MachineConfigSource) -> Rendered {
    let facts = &source.facts;
    let (config, mut problems) = rendering.accept(source);
    if source.has_config && source.config.is_none() {
        problems.extend(facts.problems.iter().cloned());
    }
    Rendered {
        members: Vec::new(),
        os_image_url: facts.os_image_url.clone(),
        base_os_extensions_container_image: facts.base_os_extensions_container_image.clone(),
        kernel_arguments: facts.kernel_arguments.clone(),
        extensions: facts.extensions.clone(),
        kernel_type: kernel_type(&[source]),
        kernel_types: facts.kernel_type.iter().cloned().collect(),
        fips_settings: facts.fips.iter().cloned().collect(),
        fips: facts.fips.clone(),
        config: config.unwrap_or_else(|| rendering.empty(&facts.at)),
        shadows: Shadows::default(),
        problems,
    }
}

/// The merge order: by name in bytes; since 4.15 those of role `worker` before all others.
fn in_order<'a>(
    rendering: &Rendering,
    pool: &PoolSource,
    sources: &'a [Arc<MachineConfigSource>],
) -> Vec<&'a MachineConfigSource> {
    let parts =
        sources.iter().map(AsRef::as_ref).filter(|source| !source.replaced && pool.selects(source));
    let mut ordered: Vec<&MachineConfigSource> = parts.collect();
    ordered.sort_by_key(|source| {
        let custom = rendering.worker_first && !has_role(source, "worker");
        (custom, &source.facts.name)
    });
    ordered
}

fn has_role(source: &MachineConfigSource, role: &str) -> bool {
    source.facts.role.as_ref().is_some_and(|text| text.text == role)
}

fn concatenated(
    ordered: &[&MachineConfigSource],
    of: fn(&MachineConfigSource) -> &Vec<Text>,
) -> Vec<Text> {
    ordered.iter().flat_map(|source| of(source)).cloned().collect()
}

/// All kernel arguments in merge order, and what the release does to them.
fn kernel_arguments(rendering: &Rendering, ordered: &[&MachineConfigSource]) -> Vec<Text> {
    let mut arguments = concatenated(ordered, |source| &source.facts.kernel_arguments);
    if rendering.moves_ignition_kernel_arguments {
        let ignition = ordered.iter().filter_map(|source| source.facts.ignition.as_ref());
        arguments
            .extend(ignition.flat_map(|ignition| &ignition.kernel_arguments_should_exist).cloned());
    }
    if rendering.deduplicates_kernel_arguments {
        let mut seen = BTreeSet::new();
        arguments.retain(|argument| seen.insert(argument.text.clone()));
    }
    arguments
}

/// The last non-default kernel type; `default` cannot undo one, and what is no kernel type does not
/// take part.
fn kernel_type(ordered: &[&MachineConfigSource]) -> Option<Text> {
    let set = ordered.iter().filter_map(|source| source.facts.kernel_type.as_ref());
    let mut set: Vec<_> =
        set.filter(|kind| matches!(kind.text.as_str(), "realtime" | "64k-pages")).collect();
    let mut winner = set.pop()?.clone();
    winner.overrides = set.iter().rev().map(|lost| lost.at.clone()).collect();
    Some(winner)
}

/// `fips` of any part.
fn fips(ordered: &[&MachineConfigSource]) -> Option<Flag> {
    let set: Vec<_> = ordered.iter().filter_map(|source| source.facts.fips.as_ref()).collect();
    let on = set.iter().rev().find(|flag| flag.value).or(set.last())?;
    let mut winner = (*on).clone();
    winner.overrides =
        set.iter().rev().filter(|flag| flag.at != on.at).map(|flag| flag.at.clone()).collect();
    Some(winner)
}

/// The last image; the others are overridden.
fn last_image(
    ordered: &[&MachineConfigSource],
    of: fn(&MachineConfig) -> &Option<ImageReference>,
) -> Option<ImageReference> {
    let set = ordered.iter().filter_map(|source| Some((source, of(&source.facts).as_ref()?)));
    let mut set: Vec<_> = set.collect();
    let (source, winner) = set.pop()?;
    let mut winner = winner.clone();
    winner.machine_config = Some(source.facts.name.clone());
    winner.overrides = set.iter().rev().map(|(_, lost)| lost.at.clone()).collect();
    Some(winner)
}

impl Rendering {
    /// The Ignition config of a MachineConfig in the version that is merged in, and why the release
    /// refuses it. A version that it does not take is for policies to judge.
    fn accept(&self, source: &MachineConfigSource) -> (Option<Config>, Vec<Problem>) {
        let Some(config) = &source.config else { return (None, Vec::new()) };
        let written = format!("{}.{}", config.version.major, config.version.minor);
        if !self.ignition.accepted.contains(&written) {
            return (None, Vec::new());
        }
        let translation = Translation {
            to: self.ignition.merged,
            masks_special_bits: self.masks_special_mode_bits,
        };
        if source.refused.is_empty() {
            ignition::accept_valid(config.clone(), translation)
        } else {
            (None, source.refused.clone())
        }
    }

    /// A config of the merged version that sets nothing.
    fn empty(&self, at: &Locator) -> Config {
        let version = self.ignition.merged;
        let written = Item::string(at.clone(), &version.to_string());
        let ignition = Object::from_iter([("version", written)]);
        let root = Object::from_iter([("ignition", Item::object(at.clone(), ignition))]);
        Config { version, root: Item::object(at.clone(), root) }
    }

    /// Whether a pool looks the same under both.
    pub fn renders_like(&self, other: &Self) -> bool {
        Self { order: other.order, ..self.clone() } == *other
    }
}

impl Rendered {
    /// How many bytes the rendered MachineConfig's `spec` has, the images of the release left out.
    pub fn size(&self) -> usize {
        let mut bytes = Count(0);
        // Counting does not fail, and keys are strings.
        let _ = serde_json::to_writer(&mut bytes, &self.spec(&ReleaseImages::default()));
        bytes.0
    }

    /// The kernel type by its full name.
    pub fn kernel_type(&self) -> &str {
        self.kernel_type.as_ref().map_or("default", |kind| &kind.text)
    }

    /// The `spec` of the rendered MachineConfig, as the operator writes it.
    pub fn spec(&self, images: &ReleaseImages) -> serde_json::Value {
        let texts = |texts: &[Text]| texts.iter().map(|text| text.text.clone()).collect::<Vec<_>>();
        let image = |own: &Option<ImageReference>, release: &Option<String>| {
            own.as_ref().map(|image| image.text.clone()).or_else(|| release.clone())
        };
        json!({
            "osImageURL": image(&self.os_image_url, &images.os_image).unwrap_or_default(),
            "baseOSExtensionsContainerImage":
                image(&self.base_os_extensions_container_image, &images.extensions_image)
                    .unwrap_or_default(),
            "config": ignition::to_json(&self.config),
            "kernelArguments": texts(&self.kernel_arguments),
            "extensions": texts(&self.extensions),
            "fips": self.fips.as_ref().is_some_and(|fips| fips.value),
            "kernelType": self.kernel_type(),
        })
    }
}

/// Counts bytes instead of writing them.
struct Count(usize);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
