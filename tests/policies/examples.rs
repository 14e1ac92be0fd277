//! The examples of the embedded library, through the real extractor and gate.

use std::fmt::Write as _;

use rollgate_engine::example::{Example, ExampleKind, examples};
use rollgate_engine::policy::{PolicySet, Rule};
use rollgate_engine::report::{Report, Status, Verdict};

/// Rules without an example of what they find, and why.
const NOTHING_DENIED: &[(&str, &str)] =
    &[("pool.rendered-too-large", "it would be megabytes; the test of the rule makes it up")];

#[test]
fn rules_have_examples_of_what_they_find_and_of_what_they_let_pass() {
    let policies = PolicySet::embedded().unwrap();
    let without = |kind| {
        // Of these `tests/images` builds an image with the fault and one without.
        let rules = policies.rules().iter().filter(|rule| !crate::judges_images(rule));
        let without = rules.filter(|rule| examples(&policies, rule, kind).unwrap().is_empty());
        without.map(|rule| rule.code.as_str()).collect::<Vec<_>>()
    };
    let exceptions: Vec<_> = NOTHING_DENIED.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(without(ExampleKind::Denied), exceptions);
    assert!(without(ExampleKind::Allowed).is_empty(), "{:#?}", without(ExampleKind::Allowed));
}

#[test]
fn what_is_denied_is_found_by_its_rule() {
    for_each(ExampleKind::Denied, |rule, example, report| {
        let found = report.findings.iter().any(|finding| finding.rule == rule.code);
        assert!(found, "{} finds nothing in {}: {report:#?}", rule.code, example.path);
    });
}

#[test]
fn what_is_allowed_passes_every_rule() {
    for_each(ExampleKind::Allowed, |_, example, report| {
        assert!(report.findings.is_empty(), "{}: {:#?}", example.path, report.findings);
        assert_eq!(report.verdict, Verdict::Pass, "{}: {report:#?}", example.path);
    });
}

#[test]
fn everything_that_is_said_of_what_is_denied() {
    let mut said = String::new();
    for_each(ExampleKind::Denied, |_, example, report| {
        writeln!(said, "{}", example.path.trim_start_matches("policies/")).unwrap();
        for line in findings(report).chain(inconclusive(report)) {
            writeln!(said, "  {line}").unwrap();
        }
    });
    insta::assert_snapshot!(said);
}

fn for_each(kind: ExampleKind, mut look: impl FnMut(&Rule, &Example, &Report)) {
    let policies = PolicySet::embedded().unwrap();
    for rule in policies.rules() {
        for example in examples(&policies, rule, kind).unwrap() {
            look(rule, &example, &example.report(&policies).unwrap());
        }
    }
}

/// `deny pool.paused-pool paused.yaml:6`, sorted by place.
fn findings(report: &Report) -> impl Iterator<Item = String> {
    report.findings.iter().map(|finding| {
        let place = finding.place.as_ref().unwrap();
        let (_, file) = place.name.rsplit_once('/').unwrap();
        let level = serde_json::to_value(finding.level).unwrap();
        format!("{} {} {file}:{}", level.as_str().unwrap(), finding.rule, place.line)
    })
}

fn inconclusive(report: &Report) -> impl Iterator<Item = String> {
    let outcomes = report.outcomes.iter();
    let inconclusive = outcomes.filter(|outcome| outcome.status == Status::Inconclusive);
    inconclusive.map(|outcome| format!("inconclusive {} of {}", outcome.rule, outcome.subject))
}
