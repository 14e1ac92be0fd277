//! Planning: what a change does to each pool and its nodes, compared with what runs now.
//!
//! Owns which pools there are before and after, which config they run, and what makes a plan refused
//! or inconclusive. What differs, and what the operator does about it, is `extract::effect`'s.
//!
//! Where the release is not known, the plan is made for every release that acts differently; it is
//! conclusive only where all of them do the same.

mod changes;
mod half;
mod nodes;
mod pools;

use std::collections::BTreeMap;

use rollgate_facts::{Day, FACTS_VERSION, Target};

use crate::extract::effect::{
    Action, DisruptionPolicies, DisruptionTable, GivenPolicies, REGISTRIES, Step, Unreadable,
};
use crate::extract::{self, Rendering, effect};
use crate::gate::evidence::{Evidence, Sources};
use crate::gate::release::{self, Renderings};
use crate::gate::{Gate, GateError, Input, OriginPlace};
use crate::plan::{PLAN_VERSION, Plan, PlanStatus, PoolEffect, PoolPlan, Reason};
use crate::report::Tool;
use changes::Changes;
use half::Half;
use pools::PoolPair;

/// Releases that render and act alike, oldest first.
struct Era {
    releases: Vec<String>,
    rendering: Rendering,
    policies: DisruptionPolicies,
}

impl Gate<'_> {
    /// What the change does to each pool, given what runs now.
    pub fn plan(&self, mut input: Input) -> Result<Plan, GateError> {
        input.target.day = Some(Day::Running);
        let sources = Sources::read(&self.settings.limits, &mut input);
        let mut evidence = Evidence::gather(&self.settings.limits, &sources, &input);
        evidence.require_anything()?;
        evidence.target = target(&evidence);
        let known = release::all(self.policies)?;
        release::forget_unknown(&known, &input, &mut evidence)?;
        let given = given_policies(&evidence);
        let eras = self.eras(known, &evidence.target, given.as_ref())?;
        let pairs = pools::pairs(&evidence);
        if pairs.is_empty() && evidence.unjudged.is_empty() {
            let text = "no pool selects any of its MachineConfigs, before or after".to_owned();
            return Err(GateError::NothingToJudge(text));
        }
        let planner = Planner { gate: self, evidence: &evidence, given };
        let pools: Vec<PoolPlan> = pairs.iter().map(|pair| planner.over(&eras, pair)).collect();
        let gap = (!evidence.unjudged.is_empty()).then_some(PlanStatus::Inconclusive);
        let status = pools.iter().map(|pool| pool.status).chain(gap).max();
        let release = eras.last().and_then(|era| era.releases.last()).cloned();
        Ok(Plan {
            version: PLAN_VERSION.to_owned(),
            status: status.unwrap_or(PlanStatus::Planned),
            tool: Tool {
                name: "rollgate".to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                facts_version: FACTS_VERSION.to_owned(),
                policies: self.policies.digest().to_string(),
            },
            assumptions: planner.assumptions(),
            target: evidence.target.clone(),
            release: release.unwrap_or_default(),
            pools,
            unjudged: evidence.unjudged.clone(),
        })
    }

    /// The releases in question by how they render and act.
    fn eras(
        &self,
        known: Renderings,
        target: &Target,
        given: Option<&GivenPolicies>,
    ) -> Result<Vec<Era>, GateError> {
        let orders: BTreeMap<String, u32> =
            known.iter().map(|(release, rendering)| (release.clone(), rendering.order)).collect();
        let table = self.policies.tables().get("node_disruption").cloned().unwrap_or_default();
        let table: DisruptionTable = serde_json::from_value(table).map_err(GateError::Tables)?;
        let configurable = orders.get(&table.configurable).copied();
        let mut eras: Vec<Era> = Vec::new();
        for (release, rendering) in release::possible(known, target)? {
            let built_in = table.of(&orders, &release);
            let takes = configurable.is_none_or(|first| rendering.order >= first);
            let policies = match given.filter(|_| takes) {
                Some(given) => built_in.overridden(given),
                None => built_in,
            };
            match eras.last_mut() {
                Some(era) if era.rendering.renders_like(&rendering) && era.policies == policies => {
                    era.releases.push(release);
                }
                _ => eras.push(Era { releases: vec![release], rendering, policies }),
            }
        }
        if eras.is_empty() { Err(GateError::NoReleases) } else { Ok(eras) }
    }
}

/// The target: what was given, what the objects tell, and what those before tell.
fn target(evidence: &Evidence<'_>) -> Target {
    let before = evidence.before.as_ref().map(|before| extract::target(&before.objects));
    super::evidence::merged(evidence.target.clone(), before.unwrap_or_default())
}

/// The policies of the change, or else those in force now.
fn given_policies(evidence: &Evidence<'_>) -> Option<GivenPolicies> {
    let now = effect::given_policies(&evidence.objects);
    now.or_else(|| effect::given_policies(&evidence.before.as_ref()?.objects))
}

/// Plans pools one by one.
struct Planner<'g> {
    gate: &'g Gate<'g>,
    evidence: &'g Evidence<'g>,
    given: Option<GivenPolicies>,
}

impl Planner<'_> {
    /// The plan under every release in question, as one. A release that would not render what runs
    /// now is not the cluster's.
    fn over(&self, eras: &[Era], pair: &PoolPair) -> PoolPlan {
        let runs = |era: &&Era| {
            let old = Half::before(self.gate, self.evidence, &era.rendering, pair);
            old.is_none_or(|old| old.is_sound())
        };
        let mut likely: Vec<&Era> = eras.iter().filter(runs).collect();
        if likely.is_empty() {
            likely = eras.iter().rev().take(1).collect();
        }
        let mut plans: Vec<_> = likely.iter().map(|era| (*era, self.one(era, pair))).collect();
        let Some((_, mut newest)) = plans.pop() else { return pair.plan(Vec::new(), None) };
        let differs = plans.iter().rev().find(|(_, plan)| !same(plan, &newest));
        if let Some((era, other)) = differs {
            let until = era.releases.last().map(String::as_str).unwrap_or_default();
            let text = format!(
                "it depends on the release: {} up to {until}, later {}; give `--release`",
                outcome(other),
                outcome(&newest)
            );
            newest.reasons.push(Reason::unknown(text));
            newest.status = newest.status.max(PlanStatus::Inconclusive);
        }
        newest
    }

    fn one(&self, era: &Era, pair: &PoolPair) -> PoolPlan {
        let mut reasons = self.unknowns();
        let Some(old) = Half::before(self.gate, self.evidence, &era.rendering, pair) else {
            let text = "what its nodes run now is not known".to_owned();
            reasons.push(Reason::unknown(text));
            return pair.plan(reasons, None);
        };
        let new = match Half::after(self.gate, self.evidence, &era.rendering, pair) {
            Ok(new) => new,
            Err(reason) => {
                reasons.push(reason);
                return pair.plan(reasons, None);
            }
        };
        reasons.extend(new.refusals(self.evidence, pair));
        reasons.extend(self.irreconcilable(pair, &old, &new));
        let certain = self.given.as_ref().is_none_or(|given| given.problems.is_empty());
        let effect = (old.is_sound() && new.is_sound() && certain)
            .then(|| self.effect(era, pair, (&old, &new), &mut reasons));
        let mut plan = pair.plan(reasons, effect);
        plan.rollout = plan.effect.as_ref().filter(|effect| effect.touches_nodes()).map(|effect| {
            let capacity = nodes::capacity(self.evidence, pair);
            capacity.rollout(&effect.actions, effect.drain, effect.diff.deploys())
        });
        plan
    }

    fn effect(
        &self,
        era: &Era,
        pair: &PoolPair,
        (old, new): (&Half<'_>, &Half<'_>),
        reasons: &mut Vec<Reason>,
    ) -> PoolEffect {
        let changes = Changes::between(old, new);
        let diff = changes.difference;
        let steps = effect::steps(diff, &changes.files, &changes.units, &era.policies);
        let (drain, drain_reason) = match drain(&steps, old, new) {
            Ok(drain) => drain,
            Err(error) => {
                let invalid = matches!(error, Unreadable::Invalid(_));
                reasons.push(match error {
                    Unreadable::Invalid(_) => {
                        Reason::refused(error.to_string(), new.file(REGISTRIES))
                    }
                    Unreadable::NotCollected(_) => Reason::unknown(error.to_string()),
                });
                (!invalid, None)
            }
        };
        let layered = self.layered(pair);
        PoolEffect {
            reboot: steps.iter().any(|step| step.action == Action::Reboot),
            drain,
            drain_reason,
            actions: steps.iter().map(|step| step.action).collect(),
            diff,
            rebuild: layered.then(|| diff.requires_rebuild()),
            changes: changes.list(&era.policies, &|at| self.find(at)),
            steps,
        }
    }

    /// What makes every pool inconclusive.
    fn unknowns(&self) -> Vec<Reason> {
        let given = self.given.iter().flat_map(|given| &given.problems);
        let malformed = given.map(|problem| Reason {
            status: PlanStatus::Inconclusive,
            text: format!("the node disruption policies are malformed: {}", problem.text),
            origin: Some(self.find(&problem.at)),
        });
        let gaps = self.evidence.unjudged.first().map(|unjudged| {
            Reason::unknown(format!("`{}` could not be read, and may belong to it", unjudged.name))
        });
        malformed.chain(gaps).collect()
    }

    fn irreconcilable(&self, pair: &PoolPair, old: &Half<'_>, new: &Half<'_>) -> Vec<Reason> {
        let mut overrides = extract::irreconcilable_overrides(&self.evidence.objects);
        if let Some(before) = &self.evidence.before {
            overrides.extend(extract::irreconcilable_overrides(&before.objects));
        }
        let changes =
            extract::irreconcilable(&pair.pool().at, &old.rendered, &new.rendered, &overrides);
        let reason = |change: rollgate_facts::Change| {
            Reason::refused(change.text, Some(self.find(&change.at)))
        };
        changes.into_iter().map(reason).collect()
    }

    /// Whether the pool has a MachineOSConfig, before or after.
    fn layered(&self, pair: &PoolPair) -> bool {
        let before = self.evidence.before.iter().flat_map(|before| &before.objects);
        self.evidence
            .objects
            .iter()
            .chain(before)
            .any(|object| extract::layered_pool(object) == Some(pair.name()))
    }

    /// Where a locator points, in the change or else in what runs now.
    fn find(&self, at: &rollgate_facts::Locator) -> OriginPlace {
        let now = OriginPlace::find(&self.evidence.places, at);
        match &self.evidence.before {
            Some(before) if now.place.is_none() => OriginPlace::find(&before.places, at),
            _ => now,
        }
    }

    /// What was taken for granted.
    fn assumptions(&self) -> Vec<String> {
        let mut assumptions = Vec::new();
        let objects = |kind: &str| {
            let before = self.evidence.before.iter().flat_map(|before| &before.objects);
            self.evidence.objects.iter().chain(before).any(|object| object.kind.name == kind)
        };
        if self.given.is_none() && !objects("MachineConfiguration") {
            assumptions.push(
                "no MachineConfiguration was given: the node disruption policies are those of the \
                 release"
                    .to_owned(),
            );
        }
        assumptions.extend(half::images_assumption(self.evidence));
        assumptions.extend(pools::lost_generated(self.evidence));
        assumptions
    }
}

/// Whether nodes are drained, and why.
fn drain(
    steps: &[Step],
    old: &Half<'_>,
    new: &Half<'_>,
) -> Result<(bool, Option<String>), Unreadable> {
    let any = |wanted: &[Action]| steps.iter().any(|step| wanted.contains(&step.action));
    if any(&[Action::Reboot, Action::Drain]) {
        return Ok((true, None));
    }
    if !any(&[Action::Special]) {
        return Ok((false, None));
    }
    let why = effect::drained_for(old.contents(REGISTRIES), new.contents(REGISTRIES))?;
    Ok((why.is_some(), why))
}

/// Whether two plans do the same to nodes.
fn same(one: &PoolPlan, two: &PoolPlan) -> bool {
    let done = |plan: &PoolPlan| {
        let effect = plan.effect.as_ref();
        (plan.status, effect.map(|effect| (effect.steps.clone(), effect.drain)))
    };
    done(one) == done(two)
}

/// `Reload`, `refused`
fn outcome(plan: &PoolPlan) -> String {
    match (plan.status, &plan.effect) {
        (PlanStatus::Planned, Some(effect)) => {
            let names: Vec<_> = effect.actions.iter().map(|action| action.name()).collect();
            if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
        }
        (PlanStatus::Refused, _) => "refused".to_owned(),
        _ => "unknown".to_owned(),
    }
}
