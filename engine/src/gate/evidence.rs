//! Evidence: everything that an input holds, as subjects and gaps.

use std::collections::{BTreeMap, BTreeSet};

use rollgate_facts::{ClusterObject, Contents, Day, Locator, Target};

use crate::extract::{self, ContentBudget, Inventory, MachineConfigSource, Object, PoolSource};
use crate::gate::{GateError, Input};
use crate::report::{Place, Unjudged};
use crate::text::{Places, Source};
use crate::{Artifact, Limits};

/// The texts of an input, parsed; the evidence borrows from them.
#[derive(Debug)]
pub(super) struct Sources {
    now: Vec<Source>,
    before: Vec<Source>,
}

/// What an input holds.
#[derive(Debug)]
pub(super) struct Evidence<'d> {
    /// The target: what was given, and what the objects tell.
    pub(super) target: Target,
    /// The objects of known kinds.
    pub(super) objects: Vec<Object<'d>>,
    /// The MachineConfigs, with the pools that select them.
    pub(super) machine_configs: Vec<MachineConfigSource>,
    /// All other objects.
    pub(super) cluster_objects: Vec<ClusterObject>,
    /// The pools.
    pub(super) pools: Vec<PoolSource>,
    /// What ran before, where given.
    pub(super) before: Option<Before>,
    /// What could not be judged.
    pub(super) unjudged: Vec<Unjudged>,
    /// Why something that may belong to a pool is missing from the evidence.
    pub(super) gap: Option<String>,
    /// Objects of other kinds.
    pub(super) passed_over: BTreeMap<String, usize>,
    /// Where the objects stand.
    pub(super) places: Places<'d>,
}

/// What runs now.
#[derive(Debug)]
pub(super) struct Before {
    /// The MachineConfigs, rendered ones among them.
    pub(super) machine_configs: Vec<MachineConfigSource>,
    /// The pools.
    pub(super) pools: Vec<PoolSource>,
}

impl Sources {
    /// Parses all artifacts of the input, which is empty of them afterwards.
    pub(super) fn read(limits: &Limits, input: &mut Input) -> Self {
        let read = |artifacts: &mut Vec<Artifact>| {
            artifacts.drain(..).map(|artifact| Source::read(limits, artifact)).collect()
        };
        Self { now: read(&mut input.artifacts), before: read(&mut input.against) }
    }

    /// The artifacts that are judged.
    pub(super) fn artifacts(&self) -> impl Iterator<Item = &Artifact> {
        self.now.iter().map(Source::artifact)
    }
}

impl<'d> Evidence<'d> {
    /// Sorts what was parsed into subjects and gaps.
    pub(super) fn gather(limits: &Limits, sources: &'d Sources, input: &Input) -> Self {
        let mut budget = ContentBudget::new(limits);
        let inventory = Inventory::of(&sources.now);
        let mut unjudged = input.unread.clone();
        unjudged.extend(unreadable(&sources.now, &inventory));
        let gap = unjudged.first().map(|first| first.name.clone());

        let mut places = Places::default();
        for object in &inventory.objects {
            places.add(&object.id, object.source, object.node);
        }
        let mut machine_configs = machine_configs(limits, &mut budget, &inventory.objects);
        let pools = extract::pools(&inventory.objects, &machine_configs);
        extract::assign(&pools, &mut machine_configs);
        unjudged.extend(uncollected(&machine_configs, &places));

        let before = Before::gather(limits, &mut budget, &sources.before, &mut unjudged);
        let told = extract::target(&inventory.objects);
        let day = input.target.day.or(before.as_ref().map(|_| Day::Running));
        Self {
            target: merged(Target { day, ..input.target.clone() }, told),
            cluster_objects: inventory
                .objects
                .iter()
                .filter(|object| object.kind.name != "MachineConfig")
                .map(extract::cluster_object)
                .collect(),
            objects: inventory.objects,
            machine_configs,
            pools,
            before,
            unjudged,
            gap,
            passed_over: inventory.passed_over,
            places,
        }
    }

    /// An input without anything to judge is a mistake in the path more often than not.
    pub(super) fn require_anything(&self) -> Result<(), GateError> {
        if !self.objects.is_empty() || !self.unjudged.is_empty() {
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

    /// Where a locator points, for people.
    pub(super) fn place(&self, at: &Locator) -> Option<Place> {
        self.places.find(at)
    }
}

impl Before {
    fn gather(
        limits: &Limits,
        budget: &mut ContentBudget,
        sources: &[Source],
        unjudged: &mut Vec<Unjudged>,
    ) -> Option<Self> {
        let inventory = Inventory::of(sources);
        unjudged.extend(unreadable(sources, &inventory));
        let machine_configs = machine_configs(limits, budget, &inventory.objects);
        let pools = extract::pools(&inventory.objects, &machine_configs);
        if machine_configs.is_empty() {
            unjudged.extend(sources.first().map(nothing_runs));
            return None;
        }
        Some(Self { machine_configs, pools })
    }
}

/// What is to be compared with holds nothing to compare with.
fn nothing_runs(source: &Source) -> Unjudged {
    Unjudged {
        name: source.artifact().name().to_owned(),
        place: None,
        message: "what runs now holds no MachineConfig".to_owned(),
        help: "give `--against` the rendered MachineConfig of each pool, or the objects before"
            .to_owned(),
    }
}

/// What of the texts could not be read, or would have to be translated first.
fn unreadable(sources: &[Source], inventory: &Inventory<'_>) -> Vec<Unjudged> {
    let gap = |source: &Source, span, message: String, help: &str| Unjudged {
        name: source.artifact().name().to_owned(),
        place: Some(source.place(span)),
        message,
        help: help.to_owned(),
    };
    let errors = sources.iter().flat_map(|source| {
        source.documents().iter().filter_map(move |document| {
            let error = document.as_ref().err()?;
            Some(gap(source, error.span, error.message.clone(), &error.help))
        })
    });
    let foreign = inventory.foreign.iter().map(|foreign| {
        gap(foreign.source, foreign.root.span, foreign.message.clone(), &foreign.help)
    });
    errors.chain(foreign).collect()
}

/// Reads the MachineConfigs; of several with one name the last has effect.
fn machine_configs(
    limits: &Limits,
    budget: &mut ContentBudget,
    objects: &[Object<'_>],
) -> Vec<MachineConfigSource> {
    let mut sources: Vec<_> = objects
        .iter()
        .filter(|object| object.kind.name == "MachineConfig")
        .map(|object| extract::machine_config(limits, budget, object))
        .collect();
    let mut seen = BTreeSet::new();
    for source in sources.iter_mut().rev() {
        source.replaced = !seen.insert(source.facts.name.clone());
    }
    sources
}

/// Contents that a limit kept from being decoded.
fn uncollected(sources: &[MachineConfigSource], places: &Places<'_>) -> Vec<Unjudged> {
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
fn merged(given: Target, told: Target) -> Target {
    Target {
        release: given.release.or(told.release),
        stream: given.stream.or(told.stream),
        architecture: given.architecture.or(told.architecture),
        platform: given.platform.or(told.platform),
        day: given.day.or(told.day),
    }
}
