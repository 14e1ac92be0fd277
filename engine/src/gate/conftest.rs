//! Conftest policies: each rule once for each object of the input, of whatever kind.
//!
//! Owns which objects those are, and where a finding stands: at the object. Must not know how such
//! a policy is evaluated.

use rollgate_facts::Locator;

use crate::gate::evidence::Evidence;
use crate::gate::judge::Judgement;
use crate::gate::turn::Settled;
use crate::gate::{Gate, parallel};
use crate::policy::{Conftest, ConftestEvaluator, ConftestRule};
use crate::text::Node;

/// Whether any of them judges.
pub(super) fn judges(gate: &Gate<'_>) -> bool {
    !rules(gate).is_empty()
}

/// Every outcome, in the order of the objects.
pub(super) fn judge<'p>(gate: &Gate<'p>, evidence: &Evidence<'_>) -> Vec<Judgement<'p>> {
    let Some(conftest) = gate.policies.conftest() else { return Vec::new() };
    let rules = rules(gate);
    let limits = &gate.settings.limits;
    let known = evidence.objects.iter().map(|object| (Locator::object(&object.id), object.node));
    let others = evidence.others.iter().map(|other| (Locator::object(&other.id), other.node));
    let objects: Vec<_> = known.chain(others).collect();
    let start = || conftest.evaluator(limits);
    let judged = parallel::map(&objects, start, |evaluator, (at, node)| {
        judge_object(evaluator, &rules, at, node)
    });
    judged.into_iter().flatten().collect()
}

/// The rules that judge.
fn rules<'p>(gate: &Gate<'p>) -> Vec<&'p ConftestRule> {
    let is_on = |rule: &&ConftestRule| gate.settings.selection.judges(&rule.rule.code);
    gate.policies.conftest().into_iter().flat_map(Conftest::rules).filter(is_on).collect()
}

fn judge_object<'p>(
    evaluator: &mut ConftestEvaluator,
    rules: &[&'p ConftestRule],
    at: &Locator,
    node: &Node,
) -> Vec<Judgement<'p>> {
    evaluator.set_object(node.to_json());
    let judgement = |rule: &&'p ConftestRule| {
        let settled = evaluator.evaluate(rule, at).map(Settled::answered);
        let settled = settled.unwrap_or_else(|error| Settled::unanswered(error.to_string()));
        let Settled { status, reason, doubt, findings } = settled;
        let subject = at.object_id().to_owned();
        let findings = findings.into_iter().map(Into::into).collect();
        Judgement { rule: &rule.rule, subject, pool: None, status, reason, doubt, findings }
    };
    rules.iter().map(judgement).collect()
}
