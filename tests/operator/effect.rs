//! `mco.effect`: what the operator does to a running node is what a plan says.

use rollgate_engine::Gate;
use rollgate_engine::plan::{Plan, PlanStatus, PoolPlan};
use rollgate_engine::policy::PolicySet;
use serde_json::{Value, json};

use crate::case::Case;

#[test]
fn plans_say_what_the_operator_does() {
    let Some(corpus) = rollgate_testkit::shared_corpus("effects") else { return };
    let text = std::fs::read_to_string(corpus.join("mco-cases.jsonl")).unwrap();
    let policies = PolicySet::embedded().unwrap();
    let cases: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let cases: Vec<Case<'_>> = cases
        .iter()
        .filter(|value| value.get("old_inputs").is_some())
        .map(|value| Case { policies: &policies, value })
        .collect();
    let wrong: Vec<String> = cases.iter().flat_map(complaints).collect();
    assert!(wrong.is_empty(), "{} complaints:\n{}", wrong.len(), wrong.join("\n"));
    let told = cases.iter().filter(|case| !case.said("effect").is_null()).count();
    println!("planned cases: {}, of which {told} have an effect", cases.len());
}

fn complaints(case: &Case<'_>) -> Vec<String> {
    let plan = case.plan();
    let name = case.pool();
    let pool = plan.pools.iter().find(|pool| pool.name == name).unwrap();
    let complaints = [effect(case, pool), refusal(case, pool), rebuild(case, pool)];
    complaints.into_iter().flatten().map(|text| format!("{}: {text}", case.id())).collect()
}

fn effect(case: &Case<'_>, pool: &PoolPlan) -> Option<String> {
    let expected = case.said("effect");
    if expected.is_null() {
        return None;
    }
    let Some(effect) = &pool.effect else {
        return Some(format!("no effect, as {:?}", pool.reasons));
    };
    let expected = json!({
        "diff": expected["diff"],
        "actions": expected["actions"].as_array().unwrap().iter().map(step).collect::<Vec<_>>(),
        "drain": expected["drain"],
        "reboot": expected["actions"].as_array().unwrap().iter().any(|one| one["type"] == "Reboot"),
    });
    let actual = json!({
        "diff": effect.diff,
        "actions": effect.steps,
        "drain": effect.drain,
        "reboot": effect.reboot,
    });
    (actual != expected).then(|| format!("{actual}\n  instead of\n{expected}"))
}

/// An action of the operator as a step.
fn step(action: &Value) -> Value {
    let service =
        [&action["reload"], &action["restart"]].into_iter().find_map(|one| one.get("serviceName"));
    match service {
        Some(service) => json!({"type": action["type"], "service": service}),
        None => json!({"type": action["type"]}),
    }
}

/// What the operator refuses, and what a node fails on, is refused; what both take is planned.
fn refusal(case: &Case<'_>, pool: &PoolPlan) -> Option<String> {
    let drain_error = case.said("effect").get("drain_error").is_some_and(|error| !error.is_null());
    let refused = crate::recorded::refused(case) || drain_error;
    let expected = if refused { PlanStatus::Refused } else { PlanStatus::Planned };
    (pool.status != expected)
        .then(|| format!("{:?} instead of {expected:?}: {:?}", pool.status, pool.reasons))
}

fn rebuild(case: &Case<'_>, pool: &PoolPlan) -> Option<String> {
    let expected = case.said("requires_rebuild").as_bool()?;
    let actual = pool.effect.as_ref()?.diff.requires_rebuild();
    (actual != expected).then(|| format!("a rebuild is {actual}"))
}

impl Case<'_> {
    fn plan(&self) -> Plan {
        let gate: Gate<'_> = self.gate();
        gate.plan(self.input()).unwrap()
    }
}
