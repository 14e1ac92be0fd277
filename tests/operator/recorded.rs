//! `mco-cases.jsonl`: everything that the operator's functions answer to 153 cases.

use std::collections::BTreeSet;

use rollgate_engine::policy::PolicySet;
use rollgate_engine::report::Verdict;
use serde_json::Value;

use crate::case::Case;

/// The rules that speak for a refusal of the operator; the others judge what it accepts.
const REFUSALS: &[&str] =
    &["pool.appended-file", "pool.invalid-rendered-config", "pool.irreconcilable-change"];

/// The rules of problems that the operator does not refuse, and what they spare its users.
const TOLERATED: &[(&str, &str)] = &[
    ("machineconfig.ignored-unit-setting", "go-systemd takes every key; systemd passes over it"),
    ("machineconfig.invalid-config-file", "the operator reads no contents; CRI-O has to"),
    ("machineconfig.leftover-field", "dropped unread; a warning only"),
    ("machineconfig.malformed-password-hash", "written as it is; nobody can log in with it"),
    ("machineconfig.malformed-ssh-key", "written as it is; sshd passes over it"),
    ("machineconfig.unknown-field", "dropped unread, and with it what it was to do"),
];

#[test]
fn recorded_cases_are_judged_as_the_operator_judged_them() {
    let Some(corpus) = rollgate_testkit::shared_corpus("recorded_cases") else { return };
    let text = std::fs::read_to_string(corpus.join("mco-cases.jsonl")).unwrap();
    let policies = PolicySet::embedded().unwrap();
    let cases: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut tolerated = BTreeSet::new();
    let wrong: Vec<String> = cases
        .iter()
        .flat_map(|value| complaints(&Case { policies: &policies, value }, &mut tolerated))
        .collect();
    assert!(wrong.is_empty(), "{} complaints:\n{}", wrong.len(), wrong.join("\n"));
    let listed: BTreeSet<_> = TOLERATED.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(tolerated, listed, "no case needs the tolerance, or it is missing here");
    println!("recorded cases: {}", cases.len());
}

fn complaints(case: &Case<'_>, tolerated: &mut BTreeSet<&'static str>) -> Vec<String> {
    let complaints = [verdict(case, tolerated), merged_spec(case), contents(case), order(case)];
    complaints.into_iter().flatten().map(|text| format!("{}: {text}", case.id())).collect()
}

/// Refused, of the wrong type, irreconcilable or not decodable on a node is denied; what the
/// operator accepts is not denied for any of these reasons.
fn verdict(case: &Case<'_>, tolerated: &mut BTreeSet<&'static str>) -> Option<String> {
    let report = case.check();
    let refused = refused(case);
    if refused && report.verdict != Verdict::Denied {
        return Some(format!("refused, but the verdict is {}", report.verdict));
    }
    // Workers are a pool too, which the case does not ask about.
    let pool = case.pool();
    if refused {
        return None;
    }
    let asked = report.findings.iter().filter(|finding| finding.pools.contains(&pool));
    let blamed = asked.into_iter().find(|finding| {
        let tolerance = TOLERATED.iter().find(|(rule, _)| *rule == finding.rule);
        tolerated.extend(tolerance.map(|(rule, _)| *rule));
        REFUSALS.contains(&finding.rule.as_str())
            || (is_problem(&finding.rule) && tolerance.is_none())
    });
    blamed.map(|finding| {
        format!("accepted, but {}: {} at {}", finding.rule, finding.message, finding.at)
    })
}

pub(crate) fn refused(case: &Case<'_>) -> bool {
    let set = |field: &str| match case.said(field) {
        Value::Null => false,
        Value::Array(entries) => entries.iter().any(|entry| !entry.is_null()),
        Value::Object(entries) => entries.values().any(|entry| !entry.is_null()),
        _ => true,
    };
    let day_2 =
        case.value.get("old_inputs").is_some() && (set("render_day2") || set("reconcilable"));
    let checks =
        ["decode", "validate", "error", "merged_validate", "merged_reparse", "render_first"];
    day_2 || checks.into_iter().any(set) || set("decode_files")
}

/// Whether the rule denies one kind of problem that reading found.
fn is_problem(rule: &str) -> bool {
    let Some(name) = rule.strip_prefix("machineconfig.") else { return false };
    let kind = name.replace('-', "_");
    serde_json::from_value::<rollgate_facts::ProblemKind>(Value::String(kind)).is_ok()
}

fn merged_spec(case: &Case<'_>) -> Option<String> {
    let expected = case.said("merged_spec");
    if expected.is_null() {
        return None;
    }
    let pool = case.render();
    let actual = pool.rendered.spec(&pool.images);
    (actual != *expected).then(|| format!("merged\n  {actual}\ninstead of\n  {expected}"))
}

/// The decoded bytes of every file that the operator decoded.
fn contents(case: &Case<'_>) -> Option<String> {
    let expected = case.said("file_contents").as_object()?;
    let pool = case.pool_facts();
    let ignition = pool.ignition?;
    expected.iter().find_map(|(path, expected)| {
        let contents = ignition.files.get(path).and_then(|file| file.contents.as_ref());
        let sha256 = contents.and_then(|contents| contents.sha256.clone());
        let size = contents.and_then(|contents| contents.size);
        let empty = expected["bytes"] == 0 && contents.is_none();
        let same =
            sha256.as_deref() == expected["sha256"].as_str() && size == expected["bytes"].as_u64();
        (!same && !empty).then(|| format!("{path} decodes to {size:?} bytes, not {expected}"))
    })
}

fn order(case: &Case<'_>) -> Option<String> {
    let expected: Vec<&str> =
        case.said("merge_order").as_array()?.iter().filter_map(Value::as_str).collect();
    let pool = case.render();
    let actual: Vec<&str> =
        pool.rendered.members.iter().map(|member| member.name.as_str()).collect();
    (actual != expected).then(|| format!("order {actual:?} instead of {expected:?}"))
}
