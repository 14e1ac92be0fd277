//! The facts of pools, for each way in which the releases in question would render them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rollgate_facts::{
    Change, ClusterObject, Current, Ignition, ImageReference, Integer, Member, ObjectReference,
    Pool, PoolStatus, Problem, Text,
};

use crate::extract::{self, ContentBudget, MachineConfigSource, PoolSource, Rendered, Rendering};
use crate::gate::Settings;
use crate::gate::evidence::{Before, Evidence};
use crate::gate::hosted::Rolling;
use crate::gate::images;
use crate::gate::release::Renderings;

/// A pool under every rendering that differs.
#[derive(Debug)]
pub(super) struct PoolFacts {
    /// The distinct facts, each with the releases that render so; oldest first.
    variants: Vec<(Vec<String>, Pool)>,
    /// What would be irreconcilable if nothing at all ran now: what cannot be judged while the
    /// running config is unknown.
    pub(super) undecided: Vec<Change>,
}

impl PoolFacts {
    /// The facts of every pool, worked out as they are asked for.
    pub(super) fn of<'e>(
        settings: &'e Settings,
        evidence: &'e Evidence<'e>,
        renderings: &'e Renderings,
    ) -> impl Iterator<Item = Self> + 'e {
        evidence.pools.iter().map(|pool| Self::one(settings, evidence, renderings, pool))
    }

    /// The facts of one pool.
    pub(super) fn one(
        settings: &Settings,
        evidence: &Evidence<'_>,
        renderings: &Renderings,
        pool: &PoolSource,
    ) -> Self {
        let overrides = extract::irreconcilable_overrides(&evidence.objects);
        let new_nodes = Rolling::replaces(evidence, pool);
        let irreconcilable = |before: &Rendered, after: &Rendered| {
            if new_nodes {
                return Vec::new();
            }
            extract::irreconcilable(&pool.at, before, after, &overrides)
        };
        let mut eras: Vec<(Vec<String>, &Rendering)> = Vec::new();
        for (release, rendering) in renderings {
            match eras.last_mut() {
                Some((releases, last)) if last.renders_like(rendering) => {
                    releases.push(release.clone());
                }
                _ => eras.push((vec![release.clone()], rendering)),
            }
        }
        let mut undecided = Vec::new();
        let mut variants: Vec<(Vec<String>, Rendered, Option<Current>)> = Vec::new();
        for (releases, rendering) in eras {
            let rendered = now(rendering, evidence, pool);
            let before = evidence
                .before
                .as_ref()
                .and_then(|before| running(rendering, before, evidence, pool));
            if before.is_none() {
                let nothing = extract::render(rendering, pool, &[]);
                undecided = irreconcilable(&nothing, &rendered);
            }
            let current = before.map(|before| {
                let changes = irreconcilable(&before, &rendered);
                current(&before, changes)
            });
            match variants.last_mut() {
                // Releases that render some pools differently render most alike.
                Some((alike, last, running)) if *last == rendered && *running == current => {
                    alike.extend(releases);
                }
                _ => variants.push((releases, rendered, current)),
            }
        }
        let variants = variants.into_iter().map(|(releases, rendered, current)| {
            (releases, facts(settings, evidence, pool, rendered, current))
        });
        Self { variants: variants.collect(), undecided }
    }

    /// The pool's name and locator are the same in every variant.
    pub(super) fn newest(&self) -> Option<&Pool> {
        self.variants.last().map(|(_, pool)| pool)
    }

    /// The distinct facts, each with the releases that render so; oldest first.
    pub(super) fn variants(&self) -> &[(Vec<String>, Pool)] {
        &self.variants
    }
}

/// What the pool comes to.
pub(super) fn now(rendering: &Rendering, evidence: &Evidence<'_>, pool: &PoolSource) -> Rendered {
    let render = || extract::render(rendering, pool, &evidence.machine_configs);
    match &evidence.renders {
        Some(renders) => renders.now(rendering, pool, render),
        None => render(),
    }
}

/// What runs on the pool's nodes now: its rendered config, or the objects before, rendered.
pub(super) fn running(
    rendering: &Rendering,
    before: &Before<'_>,
    evidence: &Evidence<'_>,
    pool: &PoolSource,
) -> Option<Rendered> {
    let render = || render_running(rendering, before, evidence, pool);
    match &evidence.renders {
        Some(renders) => renders.before(rendering, pool, render),
        None => render(),
    }
}

fn render_running(
    rendering: &Rendering,
    before: &Before<'_>,
    evidence: &Evidence<'_>,
    pool: &PoolSource,
) -> Option<Rendered> {
    if let Some(rendered) = rendered_config(before, evidence, pool) {
        return Some(extract::as_rendered(rendering, rendered));
    }
    let old_pool = before.pools.iter().find(|old| old.name == pool.name).unwrap_or(pool);
    let rendered = extract::render(rendering, old_pool, &before.machine_configs);
    (!rendered.members.is_empty()).then_some(rendered)
}

/// The rendered config of the pool: the one that it owns, and of several the one that its status
/// names; or the only one given, where it belongs to no pool of the input.
pub(super) fn rendered_config<'b>(
    before: &'b Before<'_>,
    evidence: &Evidence<'_>,
    pool: &PoolSource,
) -> Option<&'b MachineConfigSource> {
    let own: Vec<_> = before.rendered_for(&pool.name).collect();
    match own.as_slice() {
        [] => {}
        [only] => return Some(only),
        several => {
            let told = before.running(&evidence.pools, &pool.name)?;
            return several.iter().copied().find(|source| source.facts.name == told);
        }
    }
    let known = |owner: &String| evidence.pools.iter().any(|pool| pool.name == *owner);
    let mut stray = before.rendered().filter(|source| !source.rendered_for.iter().any(known));
    stray.next().filter(|_| stray.next().is_none())
}

fn current(before: &Rendered, irreconcilable: Vec<Change>) -> Current {
    Current {
        fips: before.fips.as_ref().is_some_and(|fips| fips.value),
        kernel_type: before
            .kernel_type
            .as_ref()
            .map_or_else(|| "default".to_owned(), |kind| kind.text.clone()),
        os_image_url: before.os_image_url.as_ref().map(|image| image.text.clone()),
        kernel_arguments: before.kernel_arguments.iter().map(|text| text.text.clone()).collect(),
        core_ssh_keys: extract::core_ssh_keys(&before.config),
        irreconcilable,
    }
}

/// The status, with the days that certificates are good for.
fn dated(status: &PoolStatus, today: Date) -> PoolStatus {
    let mut status = status.clone();
    for certificate in &mut status.certificates {
        let expiry = certificate.expiry.as_ref().and_then(|text| text.parse::<Timestamp>().ok());
        certificate.days_left = expiry.and_then(|expiry| {
            let day = expiry.to_zoned(TimeZone::UTC).date();
            Some(i64::from(today.until(day).ok()?.get_days()))
        });
    }
    status
}

/// Hazards that none of the pool's MachineConfigs has by itself.
fn hazards_of_the_whole(
    evidence: &Evidence<'_>,
    members: &[Member],
    ignition: &Ignition,
) -> Vec<Problem> {
    let mut hazards = extract::hazards(ignition);
    if !hazards.is_empty() {
        let names: BTreeSet<&str> = members.iter().map(|member| member.name.as_str()).collect();
        let parts = evidence.machine_configs.iter().map(|source| &source.facts);
        let parts = parts.filter(|facts| names.contains(facts.name.as_str()));
        let told: BTreeSet<&Problem> = parts.flat_map(|facts| &facts.problems).collect();
        hazards.retain(|hazard| !told.contains(hazard));
    }
    hazards
}

/// The objects of a kind that select the pool. Theirs are in the order of names.
fn selecting(evidence: &Evidence<'_>, pool: &PoolSource, kind: &str) -> Vec<ObjectReference> {
    let selects = |object: &&ClusterObject| {
        let pools = object.pools.as_deref().unwrap_or_default();
        object.kind == kind && pools.binary_search_by(|one| one.name.cmp(&pool.name)).is_ok()
    };
    let reference = |object: &ClusterObject| ObjectReference {
        at: object.at.clone(),
        name: object.name.clone(),
        given: None,
    };
    evidence.cluster_objects.iter().filter(selects).map(reference).collect()
}

/// The sets of pinned images that the pool names, and whether the input holds them.
fn pinned_image_sets(evidence: &Evidence<'_>, pool: &PoolSource) -> Vec<ObjectReference> {
    let sets = evidence.cluster_objects.iter().filter(|object| object.kind == "PinnedImageSet");
    let given: BTreeSet<_> = sets.map(|object| object.name.as_str()).collect();
    let reference = |set: &Text| ObjectReference {
        at: set.at.clone(),
        name: set.text.clone(),
        given: (!given.is_empty()).then(|| given.contains(set.text.as_str())),
    };
    pool.pinned_image_sets.iter().map(reference).collect()
}

/// The operating system image of the release, which stands for the pool where nothing overrides it.
fn release_os_image(evidence: &Evidence<'_>, pool: &PoolSource) -> Option<ImageReference> {
    let stream = pool.os_image_stream.as_ref().map(|stream| stream.text.as_str());
    let image = extract::release_images(&evidence.objects, stream).os_image?;
    Some(extract::image_reference(Text::new(pool.at.clone(), image)))
}

fn facts(
    settings: &Settings,
    evidence: &Evidence<'_>,
    pool: &PoolSource,
    rendered: Rendered,
    current: Option<Current>,
) -> Pool {
    // Contents were decoded, and their budget spent, when the MachineConfigs were read.
    let limits = &settings.limits;
    let mut budget = ContentBudget::new(limits);
    let (ignition, _) = extract::ignition::facts(limits, &mut budget, &rendered.config);
    let size = rendered.size();
    let mut problems = rendered.problems;
    problems.extend(hazards_of_the_whole(evidence, &rendered.members, &ignition));
    Pool {
        at: pool.at.clone(),
        name: pool.name.clone(),
        declared: pool.declared,
        complete: evidence.gap.is_none(),
        paused: pool.paused.clone(),
        max_unavailable: pool.max_unavailable.clone(),
        os_image_stream: pool.os_image_stream.clone(),
        available_streams: extract::available_streams(&evidence.objects),
        machine_config_selector: pool.machine_config_labels.clone(),
        node_selector: pool.node_labels.clone(),
        pinned_image_sets: pinned_image_sets(evidence, pool),
        kubelet_configs: selecting(evidence, pool, "KubeletConfig"),
        container_runtime_configs: selecting(evidence, pool, "ContainerRuntimeConfig"),
        release_os_image: release_os_image(evidence, pool),
        machine_configs: rendered.members,
        image: images::of_pool(&evidence.given_images, rendered.os_image_url.as_ref()),
        extensions_image: images::of_pool(
            &evidence.given_images,
            rendered.base_os_extensions_container_image.as_ref(),
        ),
        os_image_url: rendered.os_image_url,
        base_os_extensions_container_image: rendered.base_os_extensions_container_image,
        kernel_arguments: rendered.kernel_arguments,
        extensions: rendered.extensions,
        kernel_type: rendered.kernel_type,
        kernel_types: rendered.kernel_types,
        fips_settings: rendered.fips_settings,
        fips: rendered.fips,
        ignition: Some(ignition),
        rendered_size: i64::try_from(size).ok().map(|size| Integer::new(pool.at.clone(), size)),
        shadowed_files: rendered.shadows.files,
        shadowed_units: rendered.shadows.units,
        replaced_paths: rendered.shadows.paths,
        current,
        nodes: pool.nodes.clone(),
        nodes_elsewhere: pool.nodes_elsewhere.clone(),
        status: pool.status.as_ref().map(|status| dated(status, settings.today)),
        problems,
    }
}
