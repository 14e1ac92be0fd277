//! What the other objects of an input say about one: the pools, the Image config, the release, and
//! other mirror sets.
//!
//! Must not judge. Two mirror sets with one source and two policies → the first knows the second.

use std::collections::{BTreeMap, BTreeSet};

use rollgate_facts::{
    ContradictedSource, ImageReference, Locator, Problem, RegistryLists, SelectedPool, Text,
};

use crate::extract::cluster;
use crate::extract::fields::Fields;
use crate::extract::image_reference::image_reference;
use crate::extract::object::Object;
use crate::extract::pools::PoolSource;
use crate::extract::selector::Selector;
use crate::text::Node;

/// What a source is pulled by where its mirror set does not say (openshift/api
/// `config/v1/types_image_digest_mirror_set.go`).
const DEFAULT_POLICY: &str = "AllowContactingSource";

/// Everything beside one object that its facts tell of.
#[derive(Debug)]
pub struct Surroundings<'p> {
    pools: &'p [PoolSource],
    release_image: Option<ImageReference>,
    registries: Option<RegistryLists>,
    /// For each source, where each policy stands first.
    sources: BTreeMap<String, BTreeMap<String, Locator>>,
    /// The sources that have at least one mirror.
    mirrored: BTreeSet<String>,
}

/// One entry of a mirror set.
struct Mirrored<'a> {
    at: Locator,
    source: &'a str,
    policy: &'a str,
    has_mirrors: bool,
}

impl<'p> Surroundings<'p> {
    /// What these objects and pools say.
    pub fn of(objects: &[Object<'_>], pools: &'p [PoolSource]) -> Self {
        let mut sources: BTreeMap<String, BTreeMap<String, Locator>> = BTreeMap::new();
        let mut with_mirrors = BTreeSet::new();
        for Mirrored { at, source, policy, has_mirrors } in objects.iter().flat_map(mirrored) {
            if has_mirrors {
                with_mirrors.insert(source.to_owned());
            }
            let policies = sources.entry(source.to_owned()).or_default();
            policies.entry(policy.to_owned()).or_insert(at);
        }
        Self {
            pools,
            release_image: cluster::release_image(objects).map(image_reference),
            registries: objects.iter().find_map(registries),
            sources,
            mirrored: with_mirrors,
        }
    }

    /// The pools that the object selects or names; `None` where that cannot be told.
    pub(super) fn pools_of(&self, object: &Object<'_>) -> Option<Vec<SelectedPool>> {
        let spec = object.node.get("spec");
        let pools: Vec<_> = match object.kind.name {
            "KubeletConfig" | "ContainerRuntimeConfig" => {
                let selector = spec.and_then(|spec| spec.get("machineConfigPoolSelector"));
                let (selector, _) = Selector::of_pool(selector, object.at.clone());
                self.pools.iter().filter(|pool| selector.matches(&pool.labels)).collect()
            }
            "MachineOSConfig" => {
                let named = spec.and_then(|spec| spec.get("machineConfigPool")?.get("name"));
                let named = named.and_then(Node::as_str);
                self.pools.iter().filter(|pool| Some(pool.name.as_str()) == named).collect()
            }
            "PinnedImageSet" => {
                let names = |pool: &&PoolSource| {
                    pool.pinned_image_sets.iter().any(|named| named.text == object.name)
                };
                let meant =
                    |pool: &&PoolSource| pool.selector.matches(&object.labels) || names(pool);
                self.pools.iter().filter(meant).collect()
            }
            _ => return None,
        };
        let selected = |pool: &&PoolSource| SelectedPool {
            name: pool.name.clone(),
            os_image_stream: pool.os_image_stream.as_ref().map(|stream| stream.text.clone()),
        };
        (self.has_all_pools() || !pools.is_empty()).then(|| pools.iter().map(selected).collect())
    }

    /// What nodes may pull from, for the kinds that speak of images.
    pub(super) fn registries_for(&self, object: &Object<'_>) -> Option<RegistryLists> {
        speaks_of_images(object).then(|| self.registries.clone()).flatten()
    }

    /// The image of the release, for the kinds that speak of images.
    pub(super) fn release_image_for(&self, object: &Object<'_>) -> Option<ImageReference> {
        speaks_of_images(object).then(|| self.release_image.clone()).flatten()
    }

    /// The sources that have mirrors, for the Image config, which may block them then.
    pub(super) fn mirrored_for(&self, object: &Object<'_>) -> Vec<String> {
        match object.kind.name {
            "Image" => self.mirrored.iter().cloned().collect(),
            _ => Vec::new(),
        }
    }

    /// The sources of a mirror set for which another has another policy.
    pub(super) fn contradicted(&self, object: &Object<'_>) -> Vec<ContradictedSource> {
        let contradicted = |Mirrored { at, source, policy, .. }: Mirrored<'_>| {
            let mut policies = self.sources.get(source)?.iter();
            let (other_policy, other_at) = policies.find(|(other, _)| *other != policy)?;
            Some(ContradictedSource {
                at,
                source: source.to_owned(),
                policy: policy.to_owned(),
                other_at: other_at.clone(),
                other_policy: other_policy.clone(),
            })
        };
        mirrored(object).into_iter().filter_map(contradicted).collect()
    }

    /// Every cluster has the pools `master` and `worker`: an input with both holds its pools.
    fn has_all_pools(&self) -> bool {
        ["master", "worker"]
            .iter()
            .all(|name| self.pools.iter().any(|pool| pool.declared && pool.name == *name))
    }
}

fn speaks_of_images(object: &Object<'_>) -> bool {
    matches!(
        object.kind.name,
        "ClusterImagePolicy"
            | "Image"
            | "ImageContentSourcePolicy"
            | "ImageDigestMirrorSet"
            | "ImagePolicy"
            | "ImageTagMirrorSet"
    )
}

/// `spec.registrySources` of the Image config, of which every cluster has one.
fn registries(object: &Object<'_>) -> Option<RegistryLists> {
    if object.kind.name != "Image" || object.name != "cluster" {
        return None;
    }
    let mut problems: Vec<Problem> = Vec::new();
    let mut spec = Fields::new(object.node.get("spec"), object.at.key("spec"), &mut problems);
    let mut sources = spec.mapping("registrySources");
    let mut list = |key| -> Vec<Text> { sources.texts(key) };
    Some(RegistryLists { allowed: list("allowedRegistries"), blocked: list("blockedRegistries") })
}

/// The entries of a mirror set.
fn mirrored<'a>(object: &Object<'a>) -> Vec<Mirrored<'a>> {
    let key = match object.kind.name {
        "ImageContentSourcePolicy" => "repositoryDigestMirrors",
        "ImageDigestMirrorSet" => "imageDigestMirrors",
        "ImageTagMirrorSet" => "imageTagMirrors",
        _ => return Vec::new(),
    };
    let entries = object.node.get("spec").and_then(|spec| spec.get(key)?.as_sequence());
    let at = object.at.key("spec").key(key);
    let entry = |(index, entry): (usize, &'a Node)| {
        let text = |key| entry.get(key).and_then(Node::as_str).filter(|text| !text.is_empty());
        let policy = text("mirrorSourcePolicy").unwrap_or(DEFAULT_POLICY);
        let mirrors = entry.get("mirrors").and_then(Node::as_sequence).unwrap_or_default();
        let has_mirrors = !mirrors.is_empty();
        Some(Mirrored { at: at.index(index), source: text("source")?, policy, has_mirrors })
    };
    entries.unwrap_or_default().iter().enumerate().filter_map(entry).collect()
}
