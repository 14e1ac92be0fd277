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

mod assemble;
mod conftest;
mod evidence;
mod judge;
mod parallel;
mod pool_facts;
mod rendered_pool;
mod turn;

use jiff::civil::Date;
use rollgate_facts::{Facts, Subject, Target};
use thiserror::Error;

use crate::configuration::{DisabledRule, OnInconclusive};
use crate::extract::Rendering;
use crate::policy::{PolicySet, Rule};
use crate::report::{Report, Severity, Unjudged};
use crate::waiver::Waiver;
use crate::{Artifact, Limits};

use evidence::{Evidence, Sources};
use pool_facts::PoolFacts;
pub use rendered_pool::{Origin, OriginPlace, RenderedPool};

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
    /// Rules that are switched off.
    pub disabled: Vec<DisabledRule>,
    /// The limits on content.
    pub limits: Limits,
}

/// What to judge.
#[derive(Debug, Clone)]
pub struct Input {
    /// The change, or the objects as they would be with it.
    pub artifacts: Vec<Artifact>,
    /// What runs now: a rendered MachineConfig for each pool, or the objects before.
    pub against: Vec<Artifact>,
    /// The target as far as it was given; the objects tell the rest.
    pub target: Target,
    /// What could not be read.
    pub unread: Vec<Unjudged>,
    /// Whether an input without anything to judge passes.
    pub allow_empty: bool,
}

/// Why no report could be made.
#[derive(Debug, Error, miette::Diagnostic)]
pub enum GateError {
    /// The input holds no object of a kind that is judged.
    #[error("nothing to judge: {0}")]
    #[diagnostic(help("check the path, or give `--allow-empty` where that may be"))]
    NothingToJudge(String),
    /// The target names a release that the tables do not know.
    #[error("release `{release}` is not known; the tables know {known}")]
    #[diagnostic(help("give one of these with `--release`, or use a newer rollgate"))]
    UnknownRelease {
        /// The release asked for.
        release: String,
        /// The releases that are known.
        known: String,
    },
    /// No pool of that name.
    #[error("there is no pool `{name}` in the input; the pools are {known}")]
    #[diagnostic(help("give one of these with `--pool`, or the file of the pool as well"))]
    UnknownPool {
        /// The pool asked for.
        name: String,
        /// The pools that the input has.
        known: String,
    },
    /// The table of releases is empty.
    #[error("the table `releases` of the policies is empty")]
    NoReleases,
    /// A table of the policies has another shape than the engine expects.
    #[error("the table `releases` of the policies cannot be read")]
    Tables(#[source] serde_json::Error),
}

impl Settings {
    /// The default settings on a date.
    pub fn on(today: Date) -> Self {
        Self {
            fail_on: Severity::Medium,
            on_inconclusive: OnInconclusive::Fail,
            today,
            waivers: Vec::new(),
            disabled: Vec::new(),
            limits: Limits::default(),
        }
    }
}

impl Input {
    /// These artifacts, for a target of which nothing was given.
    pub const fn new(artifacts: Vec<Artifact>) -> Self {
        let target =
            Target { release: None, stream: None, architecture: None, platform: None, day: None };
        Self { artifacts, against: Vec::new(), target, unread: Vec::new(), allow_empty: false }
    }
}

impl<'p> Gate<'p> {
    /// A gate with these policies and settings.
    pub const fn new(policies: &'p PolicySet, settings: Settings) -> Self {
        Self { policies, settings }
    }

    /// Judges the input.
    pub fn check(&self, mut input: Input) -> Result<Report, GateError> {
        let renderings = self.renderings(&input.target)?;
        let sources = Sources::read(&self.settings.limits, &mut input);
        let evidence = Evidence::gather(&self.settings.limits, &sources, &input);
        // Conftest policies judge what the others pass over.
        let judges_others = self.policies.conftest().is_some() && !evidence.others.is_empty();
        if !input.allow_empty && !judges_others {
            evidence.require_anything()?;
        }
        let renderings = match &evidence.target.release {
            Some(release) => known(renderings, release)?,
            None => renderings,
        };
        let judged = judge::Judge::new(self, &evidence, &renderings).judge();
        Ok(assemble::report(self, &sources, evidence, judged))
    }

    /// The documents that the rules would see, one for each subject.
    pub fn facts(&self, mut input: Input) -> Result<Vec<Facts>, GateError> {
        let sources = Sources::read(&self.settings.limits, &mut input);
        let evidence = Evidence::gather(&self.settings.limits, &sources, &input);
        let renderings = vec![self.rendering_for(&evidence.target)?];
        let pools = PoolFacts::of(&self.settings, &evidence, &renderings);
        let machine_configs =
            evidence.machine_configs.iter().map(|source| source.facts.clone().into());
        let pools = pools.filter_map(|pool| Some(pool.newest()?.clone().into()));
        let objects = evidence.cluster_objects.iter().cloned().map(Into::into);
        Ok(machine_configs
            .chain(pools)
            .chain(objects)
            .map(|subject: Subject| Facts::new(evidence.target.clone(), subject))
            .collect())
    }

    /// The pool of this name, rendered for the target's release, or the newest that is known.
    pub fn render(&self, mut input: Input, name: &str) -> Result<RenderedPool, GateError> {
        let sources = Sources::read(&self.settings.limits, &mut input);
        let evidence = Evidence::gather(&self.settings.limits, &sources, &input);
        let (release, rendering) = self.rendering_for(&evidence.target)?;
        let pool = evidence.pool(name).ok_or_else(|| {
            let names: Vec<_> =
                evidence.pools.iter().map(|pool| format!("`{}`", pool.name)).collect();
            let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            GateError::UnknownPool { name: name.to_owned(), known }
        })?;
        let rendered = crate::extract::render(&rendering, &pool, &evidence.machine_configs);
        Ok(RenderedPool::new(&evidence, &pool, release, rendered))
    }

    /// The rules that are not switched off.
    fn rules(&self) -> impl Iterator<Item = &'p Rule> {
        let disabled = &self.settings.disabled;
        let on = move |rule: &&Rule| !disabled.iter().any(|one| one.rule == rule.code);
        self.policies.rules().iter().filter(on).collect::<Vec<_>>().into_iter()
    }

    /// How each release renders, oldest first; only the one of the target where it is given.
    fn renderings(&self, target: &Target) -> Result<Renderings, GateError> {
        let table = self.policies.tables().get("releases").cloned().unwrap_or_default();
        let table: std::collections::BTreeMap<String, Rendering> =
            serde_json::from_value(table).map_err(GateError::Tables)?;
        let mut renderings: Renderings = table.into_iter().collect();
        renderings.sort_by_key(|(_, rendering)| rendering.order);
        match &target.release {
            Some(release) => known(renderings, release),
            None => Ok(renderings),
        }
    }

    /// The rendering of the target's release, or of the newest.
    fn rendering_for(&self, target: &Target) -> Result<(String, Rendering), GateError> {
        self.renderings(target)?.pop().ok_or(GateError::NoReleases)
    }
}

/// Releases and how they render, oldest first.
type Renderings = Vec<(String, Rendering)>;

fn known(renderings: Renderings, release: &str) -> Result<Renderings, GateError> {
    let names: Vec<_> = renderings.iter().map(|(name, _)| name.clone()).collect();
    let found: Renderings = renderings.into_iter().filter(|(name, _)| name == release).collect();
    if found.is_empty() {
        let known = match (names.first(), names.last()) {
            (Some(first), Some(last)) => format!("`{first}` to `{last}`"),
            _ => "none".to_owned(),
        };
        return Err(GateError::UnknownRelease { release: release.to_owned(), known });
    }
    Ok(found)
}
