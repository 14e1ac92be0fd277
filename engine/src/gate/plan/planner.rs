//! One pool after the other: what runs, what would, and what makes a plan refused or inconclusive.
//!
//! Must not know how a release differs from another beyond its [`Era`].

use crate::extract;
use crate::extract::effect::{
    self, Action, Difference, GivenPolicies, REGISTRIES, SafeMirrors, Step, Unreadable,
};
use crate::gate::evidence::Evidence;
use crate::gate::hosted::Rolling;
use crate::gate::{Gate, OriginPlace};
use crate::plan::{PlanStatus, PoolEffect, PoolPlan, Reason};

use super::changes::Changes;
use super::half::Half;
use super::layering::BuiltImage;
use super::pools::PoolPair;
use super::{Era, assumptions, nodes};

/// Plans pools one by one.
pub(super) struct Planner<'g> {
    gate: &'g Gate<'g>,
    evidence: &'g Evidence<'g>,
    given: Option<GivenPolicies>,
    /// Whether the control plane is a single node: then none is drained.
    single_control_plane: bool,
}

impl<'g> Planner<'g> {
    pub(super) fn new(
        gate: &'g Gate<'g>,
        evidence: &'g Evidence<'g>,
        given: Option<GivenPolicies>,
    ) -> Self {
        let single_control_plane = assumptions::single_control_plane(evidence);
        Self { gate, evidence, given, single_control_plane }
    }

    /// The plan under every release in question, as one. A release that would not render what runs
    /// now is not the cluster's.
    pub(super) fn over(&self, eras: &[Era], pair: &PoolPair) -> PoolPlan {
        let runs =
            |era: &&Era| eras.len() == 1 || Half::could_run(self.evidence, &era.rendering, pair);
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
        if !Rolling::replaces(self.evidence, pair.pool()) {
            reasons.extend(self.irreconcilable(pair, &old, &new));
        }
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
        let image = BuiltImage::of(self.evidence, pair.name());
        let built = image.as_ref().and_then(|image| image.change(&|at| self.find(at)));
        // A node compares the images that were built, not those that they were built from.
        let os_update = changes.difference.os_update || built.is_some();
        let diff = Difference { os_update, ..changes.difference };
        let mut listed = changes.list(&era.policies, &|at| self.find(at));
        let rolling = Rolling::of(self.evidence, pair.pool()).filter(|_| !listed.is_empty());
        if let Some(rolling) = rolling {
            for change in &mut listed {
                rolling.explain(change);
            }
        }
        let steps = match rolling {
            Some(_) => Rolling::steps(),
            None => effect::steps(diff, &changes.files, &changes.units, &era.policies),
        };
        let (drain, drain_reason) = match drain(&steps, era.policies.mirrors, old, new) {
            Ok(_) if self.single_control_plane => (false, None),
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
        let anew = built.is_some() || changes.difference.requires_rebuild();
        let rebuild = image.map(|image| anew && image.is_built());
        PoolEffect {
            reboot: steps.iter().any(|step| step.action == Action::Reboot),
            drain,
            drain_reason,
            actions: steps.iter().map(|step| step.action).collect(),
            diff,
            rebuild,
            changes: built.into_iter().chain(listed).collect(),
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

    /// Where a locator points, in the change or else in what runs now.
    fn find(&self, at: &rollgate_facts::Locator) -> OriginPlace {
        let now = OriginPlace::find(&self.evidence.places, at);
        match &self.evidence.before {
            Some(before) if now.place.is_none() => OriginPlace::find(&before.places, at),
            _ => now,
        }
    }
}

/// Whether nodes are drained, and why.
fn drain(
    steps: &[Step],
    mirrors: SafeMirrors,
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
    let why = effect::drained_for(mirrors, old.contents(REGISTRIES), new.contents(REGISTRIES))?;
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
