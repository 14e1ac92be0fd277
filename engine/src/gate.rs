//! The gate: where facts meet policies. The only verdict logic.
//!
//! Owns the way from inputs to a [`Report`]: which rule judges which subject, what an unmet need
//! means, what a finding weighs, and the verdict. Must not parse formats, name regorus or render.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use rollgate_engine::{Artifact, Gate, Input, Settings, policy::PolicySet};
//! let policies = PolicySet::embedded()?;
//! let artifacts = vec![Artifact::new("worker.yaml", "kind: MachineConfig\n…")];
//! let gate = Gate::new(&policies, Settings::on(jiff::civil::date(2026, 11, 21)));
//! let report = gate.check(Input::new(artifacts))?;
//! println!("{}", report.verdict);
//! # Ok(())
//! # }
//! ```

mod admission;
mod assemble;
mod cluster;
mod conftest;
mod doubt;
mod error;
mod evidence;
mod fingerprint;
mod hosted;
mod images;
mod judge;
mod named_images;
mod overrides;
mod parallel;
mod plan;
mod pool_facts;
mod release;
mod rendered_pool;
mod scope;
mod targets;
mod turn;
mod upgrade;

use std::time::Instant;

use jiff::civil::Date;
use rollgate_facts::{Facts, Subject, Target};

use crate::baseline::{Baseline, Seen};
use crate::configuration::OnInconclusive;
use crate::extract::Rendering;
use crate::policy::{PolicySet, Rule};
use crate::report::{ConfigurationInfo, Finding, ParameterInfo, Report, Severity, Unjudged};
use crate::selection::Selection;
use crate::waiver::Waiver;
use crate::{Artifact, Limits};

pub use admission::{ObjectChange, Reviewed, Reviewing, Undecided};
pub(crate) use admission::{RENDERED_IN_USE, STALE_CLUSTER};
use assemble::Judged;
pub use cluster::Cluster;
pub use doubt::Doubt;
pub use error::GateError;
use evidence::{Evidence, Sources};
pub(crate) use fingerprint::without_number;
pub use images::{GivenImage, ImageRole};
use judge::{Judge, Judgement};
pub use named_images::{ImageMirror, NamedImages};
use pool_facts::PoolFacts;
use release::Renderings;
pub use rendered_pool::{Origin, OriginPlace, RenderedPool};
pub use scope::Change;
use upgrade::Way;

/// Judges inputs by policies.
#[derive(Debug)]
pub struct Gate<'p> {
    policies: &'p PolicySet,
    settings: Settings,
}

/// How findings weigh.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The severity from which a finding denies.
    pub fail_on: Severity,
    /// Whether an inconclusive outcome blocks.
    pub on_inconclusive: OnInconclusive,
    /// The date for which is judged.
    pub today: Date,
    /// Findings that are accepted.
    pub waivers: Vec<Waiver>,
    /// Which rules judge.
    pub selection: Selection,
    /// The parameters that the policies were given, for the report.
    pub parameters: Vec<ParameterInfo>,
    /// Which configuration all this comes from, for the report.
    pub configuration: ConfigurationInfo,
    /// The limits on content.
    pub limits: Limits,
    /// When the answer has to be there. A rule that is not asked by then cannot decide.
    pub deadline: Option<Instant>,
}

/// What to judge.
#[derive(Debug, Clone)]
pub struct Input {
    /// The change, or the objects as they would be with it.
    pub artifacts: Vec<Artifact>,
    /// What runs now: a rendered MachineConfig for each pool, or the objects before.
    pub against: Vec<Artifact>,
    /// The images that are at hand.
    pub images: Vec<GivenImage>,
    /// The target as far as it was given; the objects tell the rest.
    pub target: Target,
    /// The release of an upgrade, for which is judged as well.
    pub upgrade_to: Option<String>,
    /// Findings that do not deny again.
    pub baseline: Option<Baseline>,
    /// The change to which findings are limited.
    pub change: Option<Change>,
    /// What could not be read.
    pub unread: Vec<Unjudged>,
    /// The images that could not be read, which belong to no pool as objects do.
    pub unread_images: Vec<Unjudged>,
    /// Whether an input without anything to judge passes.
    pub allow_empty: bool,
}

impl Settings {
    /// The default settings on a date.
    pub fn on(today: Date) -> Self {
        Self {
            fail_on: Severity::Medium,
            on_inconclusive: OnInconclusive::Fail,
            today,
            waivers: Vec::new(),
            selection: Selection::default(),
            parameters: Vec::new(),
            configuration: ConfigurationInfo::default(),
            limits: Limits::default(),
            deadline: None,
        }
    }
}

impl Input {
    /// These artifacts, for a target of which nothing was given.
    pub const fn new(artifacts: Vec<Artifact>) -> Self {
        let target =
            Target { release: None, stream: None, architecture: None, platform: None, day: None };
        Self {
            artifacts,
            against: Vec::new(),
            images: Vec::new(),
            target,
            upgrade_to: None,
            baseline: None,
            change: None,
            unread: Vec::new(),
            unread_images: Vec::new(),
            allow_empty: false,
        }
    }
}

impl<'p> Gate<'p> {
    /// A gate with these policies and settings.
    pub const fn new(policies: &'p PolicySet, settings: Settings) -> Self {
        Self { policies, settings }
    }

    /// Makes ready what almost every input needs, which is worth a thread of its own while that
    /// is read.
    pub fn warm_up(&self) {
        // Backwards, for whoever judges meanwhile begins at the front.
        self.policies.warm_up(self.rules().into_iter().rev());
    }

    /// Judges the input.
    pub fn check(&self, mut input: Input) -> Result<Report, GateError> {
        let change = input.change.take().map(|mut change| {
            let seen = self.seen_before(&input, std::mem::take(&mut change.before));
            (change, seen)
        });
        let sources = Sources::read(&self.settings.limits, &mut input);
        let (mut evidence, known) = self.gather(&sources, &input)?;
        // Conftest policies judge what the others pass over.
        if conftest::judges(self) {
            evidence.passed_over.clear();
        } else {
            evidence.others.clear();
        }
        if !input.allow_empty && evidence.others.is_empty() {
            evidence.require_anything()?;
        }
        let (judgements, way) = self.judge(&evidence, known, input.upgrade_to.as_deref())?;
        let judged = Judged { judgements, way, baseline: input.baseline, change };
        Ok(assemble::report(self, &sources, evidence, judged))
    }

    /// What was found before a change. Where that cannot be judged, nothing was: every finding is
    /// the change's then.
    fn seen_before(&self, input: &Input, before: Vec<Artifact>) -> Seen {
        let input = Input {
            artifacts: before,
            against: input.against.clone(),
            target: input.target.clone(),
            upgrade_to: input.upgrade_to.clone(),
            unread: input.unread.clone(),
            ..Input::new(Vec::new())
        };
        Seen::of(self.findings(input).unwrap_or_default().iter())
    }

    /// What the rules find, before anything is weighed.
    fn findings(&self, mut input: Input) -> Result<Vec<Finding>, GateError> {
        let sources = Sources::read(&self.settings.limits, &mut input);
        let (evidence, known) = self.gather(&sources, &input)?;
        let (judgements, _) = self.judge(&evidence, known, input.upgrade_to.as_deref())?;
        Ok(assemble::findings(self, &evidence, &judgements))
    }

    /// Judges for the present release, and for those on the way of an upgrade.
    fn judge(
        &self,
        evidence: &Evidence<'_>,
        known: Renderings,
        upgrade_to: Option<&str>,
    ) -> Result<(Vec<Judgement<'p>>, Option<Way>), GateError> {
        let Some(to) = upgrade_to else {
            let renderings = release::possible(known, &evidence.target)?;
            return Ok((Judge::new(self, evidence, &renderings).judge(), None));
        };
        let present = evidence.target.release.as_deref();
        let way = Way::find(self.policies, &known, present, to)?;
        let mut judged = Judge::new(self, evidence, &way.present).judge();
        let undecided = upgrade::mark_present(&mut judged, &way.present);
        let mut before = way.present.last().map(|(_, rendering)| rendering);
        for (release, rendering) in &way.later {
            let only = vec![(release.clone(), rendering.clone())];
            let later = Judge::new(self, evidence, &only).later(release, before).judge();
            upgrade::add(&mut judged, &undecided, release, later);
            before = Some(rendering);
        }
        Ok((judged, Some(way)))
    }

    /// The images that the objects of an input name, with what it takes to find them. `always` asks
    /// for the rest even where they name none.
    pub fn named_images(&self, artifacts: &[Artifact], always: bool) -> NamedImages {
        named_images::named(&self.settings.limits, artifacts, always)
    }

    /// The globs of the files of images whose contents the rules read, sorted.
    pub fn image_reads(&self) -> Vec<String> {
        let mut reads: Vec<_> =
            self.rules().into_iter().flat_map(|rule| rule.reads.iter().cloned()).collect();
        reads.sort();
        reads.dedup();
        reads
    }

    /// The documents that the rules would see, one for each subject.
    pub fn facts(&self, mut input: Input) -> Result<Vec<Facts>, GateError> {
        let sources = Sources::read(&self.settings.limits, &mut input);
        let (evidence, known) = self.gather(&sources, &input)?;
        let renderings = vec![newest(known, &evidence.target)?];
        let pools = PoolFacts::of(&self.settings, &evidence, &renderings);
        let machine_configs =
            evidence.machine_configs.iter().map(|source| source.facts.clone().into());
        let pools = pools.filter_map(|pool| Some(pool.newest()?.clone().into()));
        let objects = evidence.cluster_objects.iter().cloned().map(Into::into);
        let images = evidence.images.iter().map(|image| image.image.clone().into());
        let containerfiles = evidence.containerfiles.iter().cloned().map(Into::into);
        Ok(machine_configs
            .chain(pools)
            .chain(objects)
            .chain(containerfiles)
            .chain(images)
            .map(|subject: Subject| Facts::new(evidence.target.clone(), subject))
            .collect())
    }

    /// The pool of this name, rendered for the target's release, or the newest that is known.
    pub fn render(&self, mut input: Input, name: &str) -> Result<RenderedPool, GateError> {
        let sources = Sources::read(&self.settings.limits, &mut input);
        let (evidence, known) = self.gather(&sources, &input)?;
        let (release, rendering) = newest(known, &evidence.target)?;
        let pool = evidence.pool(name).ok_or_else(|| {
            let names: Vec<_> =
                evidence.pools.iter().map(|pool| format!("`{}`", pool.name)).collect();
            let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            GateError::UnknownPool { name: name.to_owned(), known }
        })?;
        let rendered = crate::extract::render(&rendering, &pool, &evidence.machine_configs);
        Ok(RenderedPool::new(&evidence, &pool, release, rendered))
    }

    /// Whether the time for the answer is up.
    fn is_late(&self) -> bool {
        self.settings.deadline.is_some_and(|deadline| deadline <= Instant::now())
    }

    /// The rules that judge.
    fn rules(&self) -> Vec<&'p Rule> {
        let judges = |rule: &&Rule| self.settings.selection.judges(&rule.code);
        self.policies.rules().iter().filter(judges).collect()
    }

    /// The evidence, for a release that the tables know, and those that they do.
    fn gather<'d>(
        &self,
        sources: &'d Sources,
        input: &Input,
    ) -> Result<(Evidence<'d>, Renderings), GateError> {
        let known = release::all(self.policies)?;
        let mut evidence = Evidence::gather(&self.settings, sources, input);
        release::forget_unknown(&known, input, &mut evidence)?;
        Ok((evidence, known))
    }
}

/// The rendering of the target's release, or of the newest.
fn newest(known: Renderings, target: &Target) -> Result<(String, Rendering), GateError> {
    release::possible(known, target)?.pop().ok_or(GateError::NoReleases)
}
