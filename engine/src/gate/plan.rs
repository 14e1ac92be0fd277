//! Planning: what a change does to each pool and its nodes, compared with what runs now.
//!
//! Owns for which releases is planned, and by which node disruption policies. What differs, and what
//! the operator does about it, is `extract::effect`'s.
//!
//! Where the release is not known, the plan is made for every release that acts differently; it is
//! conclusive only where all of them do the same.

mod assumptions;
mod changes;
mod half;
mod layering;
mod nodes;
mod planner;
mod pools;

use std::collections::BTreeMap;

use rollgate_facts::{Day, FACTS_VERSION, Target};

use crate::extract::effect::{DisruptionPolicies, DisruptionTable, GivenPolicies};
use crate::extract::{self, Rendering, effect};
use crate::gate::evidence::{Evidence, Sources};
use crate::gate::release::{self, Renderings};
use crate::gate::{Gate, GateError, Input};
use crate::plan::{PLAN_VERSION, Plan, PlanStatus, PoolPlan};
use crate::report::Tool;
use planner::Planner;

/// Releases that render and act alike, oldest first.
struct Era {
    releases: Vec<String>,
    rendering: Rendering,
    policies: DisruptionPolicies,
    /// Whether they take policies from MachineConfiguration.
    configurable: bool,
}

impl Gate<'_> {
    /// What the change does to each pool, given what runs now.
    pub fn plan(&self, mut input: Input) -> Result<Plan, GateError> {
        input.target.day = Some(Day::Running);
        let sources = Sources::read(&self.settings.limits, &mut input);
        let mut evidence = Evidence::gather(&self.settings, &sources, &input);
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
        let ignored = given.is_some() && !eras.iter().any(|era| era.configurable);
        let assumptions = assumptions::of(&evidence, ignored);
        let planner = Planner::new(self, &evidence, given);
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
            assumptions,
            target: evidence.target.clone(),
            release: release.unwrap_or_default(),
            pools,
            unjudged: evidence.unjudged.clone(),
        })
    }

    /// What a change does to the pools that are judged.
    pub(super) fn plan_pools(
        &self,
        evidence: &Evidence<'_>,
        known: Renderings,
    ) -> Result<Vec<PoolPlan>, GateError> {
        let given = given_policies(evidence);
        let eras = self.eras(known, &target(evidence), given.as_ref())?;
        let pairs = pools::pairs(evidence).into_iter();
        let judged = pairs.filter(|pair| evidence.judges(&pair.pool().at)).collect::<Vec<_>>();
        let planner = Planner::new(self, evidence, given);
        Ok(judged.iter().map(|pair| planner.over(&eras, pair)).collect())
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
            let takes_given = configurable.is_none_or(|first| rendering.order >= first);
            let policies = match given.filter(|_| takes_given) {
                Some(given) => built_in.overridden(given),
                None => built_in,
            };
            match eras.last_mut() {
                Some(era) if era.rendering.renders_like(&rendering) && era.policies == policies => {
                    era.configurable |= takes_given;
                    era.releases.push(release);
                }
                _ => eras.push(Era {
                    releases: vec![release],
                    rendering,
                    policies,
                    configurable: takes_given,
                }),
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

/// The policies of the change, or else those in force now where it holds no MachineConfiguration.
fn given_policies(evidence: &Evidence<'_>) -> Option<GivenPolicies> {
    let before = || effect::operator_knobs(&evidence.before.as_ref()?.objects);
    effect::given_policies(effect::operator_knobs(&evidence.objects).or_else(before)?)
}
