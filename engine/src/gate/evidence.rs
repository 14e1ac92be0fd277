//! Evidence: everything that an input holds, as subjects and gaps.

mod before;
mod containerfiles;
mod renders;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rollgate_facts::{ClusterObject, Containerfile, Contents, Day, Locator, Target};

use crate::extract::{
    self, ContentBudget, Inventory, MachineConfigSource, Mistaken, Object, OtherObject, PoolSource,
    Surroundings,
};
use crate::gate::images::{self, GivenImage, ImageSubject};
use crate::gate::{GateError, Input, Settings};
use crate::report::{Place, Unjudged};
use crate::text::{Places, Source};
use crate::{Artifact, Limits};
pub(super) use before::Before;
use renders::Renders;

/// The kinds, besides pools and MachineConfigs, that the facts of a pool tell of.
const BESIDE_POOLS: &[&str] = &["ContainerRuntimeConfig", "KubeletConfig", "PinnedImageSet"];

/// The texts of an input, parsed; the evidence borrows from them.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// What is judged.
    pub(super) now: Side,
    /// What runs now.
    pub(super) before: Side,
    /// The objects that are judged, by their ids; all where absent.
    pub(super) focus: Option<BTreeSet<String>>,
}

/// Texts, and what was read of them earlier.
#[derive(Debug, Default)]
pub(super) struct Side {
    /// The texts.
    pub(super) texts: Vec<Arc<Source>>,
    /// MachineConfigs that are read already, by the ids of the objects.
    pub(super) known: BTreeMap<String, Arc<MachineConfigSource>>,
    /// Whether each text was taken in by itself before.
    pub(super) held: bool,
}

/// What an input holds.
#[derive(Debug)]
pub(super) struct Evidence<'d> {
    /// The target: what was given, and what the objects tell.
    pub(super) target: Target,
    /// The objects of known kinds.
    pub(super) objects: Vec<Object<'d>>,
    /// The MachineConfigs, with the pools that select them.
    pub(super) machine_configs: Vec<Arc<MachineConfigSource>>,
    /// All other objects.
    pub(super) cluster_objects: Vec<ClusterObject>,
    /// The Containerfiles.
    pub(super) containerfiles: Vec<Containerfile>,
    /// The pools.
    pub(super) pools: Vec<PoolSource>,
    /// The images that are judged.
    pub(super) images: Vec<ImageSubject>,
    /// All images that are at hand.
    pub(super) given_images: Vec<GivenImage>,
    /// What ran before, where given.
    pub(super) before: Option<Before<'d>>,
    /// What could not be judged.
    pub(super) unjudged: Vec<Unjudged>,
    /// Why something that may belong to a pool is missing from the evidence.
    pub(super) gap: Option<String>,
    /// Objects of other kinds.
    pub(super) others: Vec<OtherObject<'d>>,
    /// How many of them there are, by kind.
    pub(super) passed_over: BTreeMap<String, usize>,
    /// Where the objects stand.
    pub(super) places: Places<'d>,
    /// The objects that are judged, by their ids; all where absent.
    focus: Option<&'d BTreeSet<String>>,
    /// What pools come to; kept only where few of them are judged, as each holds all of its files.
    pub(super) renders: Option<Renders>,
}

impl Sources {
    /// Parses all artifacts of the input, which is empty of them afterwards.
    pub(super) fn read(limits: &Limits, input: &mut Input) -> Self {
        let read = |artifacts: &mut Vec<Artifact>| {
            let texts = artifacts.drain(..).map(|artifact| extract::open(limits, artifact));
            Side { texts: texts.map(Arc::new).collect(), ..Side::default() }
        };
        Self { now: read(&mut input.artifacts), before: read(&mut input.against), focus: None }
    }

    /// The artifacts that are judged.
    pub(super) fn artifacts(&self) -> impl Iterator<Item = &Artifact> {
        self.now.texts.iter().map(|source| source.artifact())
    }
}

impl Side {
    /// What the texts hold.
    fn inventory(&self) -> Inventory<'_> {
        let texts = self.texts.iter().map(AsRef::as_ref);
        if self.held { Inventory::of_rendered(texts) } else { Inventory::of(texts) }
    }
}

impl<'d> Evidence<'d> {
    /// Sorts what was parsed into subjects and gaps.
    pub(super) fn gather(settings: &Settings, sources: &'d Sources, input: &Input) -> Self {
        let limits = &settings.limits;
        let mut budget = ContentBudget::new(limits);
        let inventory = sources.now.inventory();
        let mut unjudged = input.unread.clone();
        unjudged.extend(unreadable(&inventory));
        let gap = unjudged.first().map(|first| first.name.clone());
        unjudged.extend(input.unread_images.iter().cloned());

        let mut places = places(&inventory.objects);
        for other in &inventory.others {
            places.add(&other.id, other.source, other.node);
        }
        let containerfiles =
            containerfiles::containerfiles(&sources.now, &inventory.objects, &mut places);
        let mut machine_configs =
            machine_configs(limits, &mut budget, &sources.now, &inventory.objects);
        let mut pools = extract::pools(&inventory.objects, &machine_configs);
        unjudged.extend(too_many(limits, &pools));
        pools.truncate(limits.pools);
        extract::assign_nodes(&inventory.objects, &mut pools);
        extract::assign(&pools, &mut machine_configs);
        unjudged.extend(uncollected(&machine_configs, &places));
        unjudged.extend(images::silent(&input.images, &machine_configs));

        let before = Before::gather(limits, &mut budget, &sources.before, &pools, &mut unjudged);
        let told = extract::target(&inventory.objects);
        let day = input.target.day.or(before.as_ref().map(|_| Day::Running));
        let surroundings = Surroundings::of(&inventory.objects, &pools);
        let cluster_objects = inventory
            .objects
            .iter()
            .filter(|object| object.kind.name != "MachineConfig")
            .filter(|object| {
                let focus = sources.focus.as_ref();
                focus.is_none_or(|focus| focus.contains(&object.id.to_string()))
                    || BESIDE_POOLS.contains(&object.kind.name)
            })
            .map(|object| extract::cluster_object(object, &surroundings))
            .collect();
        let objects = &inventory.objects;
        Self {
            images: images::subjects(&input.images, objects, &machine_configs, settings.today),
            given_images: input.images.clone(),
            target: merged(Target { day, ..input.target.clone() }, told),
            cluster_objects,
            objects: inventory.objects,
            machine_configs,
            containerfiles,
            pools,
            before,
            unjudged,
            gap,
            others: inventory.others,
            passed_over: inventory.passed_over,
            places,
            focus: sources.focus.as_ref(),
            renders: sources.focus.as_ref().map(|_| Renders::default()),
        }
    }

    /// Whether the object is judged.
    pub(super) fn judges(&self, at: &Locator) -> bool {
        self.focus.is_none_or(|focus| focus.contains(at.object_id()))
    }

    /// An input without anything to judge is a mistake in the path more often than not.
    pub(super) fn require_anything(&self) -> Result<(), GateError> {
        let any = !self.objects.is_empty() || !self.containerfiles.is_empty();
        if any || !self.unjudged.is_empty() || !self.images.is_empty() {
            return Ok(());
        }
        let passed_over: usize = self.passed_over.values().sum();
        let text = match passed_over {
            0 => "the input holds no Kubernetes object".to_owned(),
            1 => "the one object of the input is of a kind that is not judged".to_owned(),
            count => format!("the {count} objects of the input are of kinds that are not judged"),
        };
        Err(GateError::NothingToJudge(text))
    }

    /// The pool of this name. Where the input holds no MachineConfigPool, it may be a custom pool
    /// without MachineConfigs of its own, which gets those of role `worker`.
    pub(super) fn pool(&self, name: &str) -> Option<PoolSource> {
        let known = self.pools.iter().find(|pool| pool.name == name).cloned();
        known.or_else(|| {
            let declared = self.pools.iter().any(|pool| pool.declared);
            let implied = extract::implied_pool(name);
            let selects = self.machine_configs.iter().any(|source| implied.selects(source));
            (!declared && selects).then_some(implied)
        })
    }

    /// Where the objects tell the release.
    pub(super) fn cluster_version_place(&self) -> Option<Place> {
        let tells = |object: &&Object<'_>| object.kind.name == "ClusterVersion";
        let find = |objects: &[Object<'_>], places: &Places<'_>| {
            places.find(&Locator::object(&objects.iter().find(tells)?.id))
        };
        let before = || self.before.as_ref().and_then(|it| find(&it.objects, &it.places));
        find(&self.objects, &self.places).or_else(before)
    }

    /// Where a locator points, for people.
    pub(super) fn place(&self, at: &Locator) -> Option<Place> {
        self.places.find(at)
    }
}

/// Where each object stands.
fn places<'d>(objects: &[Object<'d>]) -> Places<'d> {
    let mut places = Places::default();
    for object in objects {
        places.add(&object.id, object.source, object.node);
    }
    places
}

/// What could not be read, or has to be put right first.
fn unreadable(inventory: &Inventory<'_>) -> Vec<Unjudged> {
    inventory.mistaken.iter().map(Unjudged::from).collect()
}

impl From<&Mistaken<'_>> for Unjudged {
    fn from(mistaken: &Mistaken<'_>) -> Self {
        Self {
            name: mistaken.source.artifact().name().to_owned(),
            place: Some(mistaken.source.place(mistaken.span)),
            message: mistaken.message.clone(),
            help: mistaken.help.clone(),
        }
    }
}

/// Reads the MachineConfigs; of several with one name the last has effect.
fn machine_configs(
    limits: &Limits,
    budget: &mut ContentBudget,
    side: &Side,
    objects: &[Object<'_>],
) -> Vec<Arc<MachineConfigSource>> {
    let mut sources: Vec<_> = objects
        .iter()
        .filter(|object| object.kind.name == "MachineConfig")
        .map(|object| match side.known.get(&object.id.to_string()) {
            Some(known) => Arc::clone(known),
            None => Arc::new(extract::machine_config(limits, budget, object)),
        })
        .collect();
    let mut seen = BTreeSet::new();
    for source in sources.iter_mut().rev() {
        if !seen.insert((source.config_map.clone(), source.facts.name.clone())) {
            Arc::make_mut(source).replaced = true;
        }
    }
    sources
}

/// Pools that the limit keeps from being judged.
fn too_many(limits: &Limits, pools: &[PoolSource]) -> Option<Unjudged> {
    let first = pools.get(limits.pools)?;
    let message =
        format!("there are {} pools, more than the limit of {}", pools.len(), limits.pools);
    Some(Unjudged {
        name: first.at.object_id().to_owned(),
        place: None,
        message,
        help: "judge fewer pools at once, or raise `limits.pools` in `rollgate.yaml`".to_owned(),
    })
}

/// Contents that a limit kept from being decoded.
fn uncollected(sources: &[Arc<MachineConfigSource>], places: &Places<'_>) -> Vec<Unjudged> {
    let files = sources.iter().filter_map(|source| source.facts.ignition.as_ref());
    let contents = files
        .flat_map(|ignition| ignition.files.values())
        .flat_map(|file| file.contents.iter().chain(&file.append));
    let gap = |contents: &Contents| {
        let message = contents.not_collected.clone()?;
        let place = places.find(&contents.at);
        Some(Unjudged {
            name: place.as_ref().map_or_else(String::new, |place| place.name.clone()),
            place,
            message,
            help: "make the file smaller, or raise `limits.content_bytes` in `rollgate.yaml`"
                .to_owned(),
        })
    };
    contents.filter_map(gap).collect()
}

/// What was given, completed by what the objects tell.
pub(super) fn merged(given: Target, told: Target) -> Target {
    Target {
        release: given.release.or(told.release),
        stream: given.stream.or(told.stream),
        architecture: given.architecture.or(told.architecture),
        platform: given.platform.or(told.platform),
        day: given.day.or(told.day),
    }
}
