//! Evaluation of users' rules: what a rule does wrong makes it inconclusive, and never a pass.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use rollgate_engine::Limits;
use rollgate_engine::policy::{
    EvaluationError, Evaluator, PolicyFile, PolicyRoot, PolicySet, RawFinding, Rule,
};

use crate::pool_with_kernel_arguments;

/// What a rule with this `deny` and these helpers says of a pool with two kernel arguments.
fn judge(rules: &str, limits: &Limits) -> Result<Vec<RawFinding>, EvaluationError> {
    let (mut evaluator, rule) = prepare(rules, limits);
    evaluator.evaluate(&rule)
}

/// The rule beside the library, and what evaluates it over that pool.
fn prepare(rules: &str, limits: &Limits) -> (Evaluator, Rule) {
    let text = format!(
        "# METADATA\n# title: A rule\n# description: What and why.\n# custom:\n#   subject: pool\n\
         #   severity: low\n#   remediation: What to do.\n#   since: 0.1.0\n\
         package custom.acme.rule\n\nimport data.rollgate.lib.result\n\n{rules}"
    );
    let file = PolicyFile { path: "rule.rego".to_owned(), text };
    let root = PolicyRoot { name: "acme".to_owned(), files: vec![file] };
    let policies = PolicySet::load(&[root]).unwrap();
    assert_ne!(policies.digest(), PolicySet::embedded().unwrap().digest());
    let mut evaluator = policies.evaluator(limits);
    evaluator.set_subject(&pool_with_kernel_arguments(&["audit=0", "quiet"])).unwrap();
    let rule = policies.rule("custom.acme.rule").unwrap().clone();
    (evaluator, rule)
}

fn messages(rules: &str, limits: &Limits) -> Vec<String> {
    let findings = judge(rules, limits).unwrap();
    findings.into_iter().map(|finding| format!("{}: {}", finding.at, finding.message)).collect()
}

const EACH_ARGUMENT: &str = "\
deny contains finding if {
	some argument in input.pool.kernel_arguments
	finding := result.fail(argument.at, argument.text)
}
";

#[test]
fn a_users_rule_is_judged_beside_the_library() {
    let at = "MachineConfig/99-worker#/spec/kernelArguments";
    let expected = [format!("{at}/0: audit=0"), format!("{at}/1: quiet")];
    assert_eq!(messages(EACH_ARGUMENT, &Limits::default()), expected);
}

#[test]
fn findings_beyond_the_limit_are_counted() {
    let limits = Limits { findings_per_rule: 1, ..Limits::default() };
    let at = "MachineConfig/99-worker#/spec/kernelArguments";
    let expected =
        [format!("{at}/0: audit=0"), format!("{at}/1: and 1 more findings of this rule")];
    assert_eq!(messages(EACH_ARGUMENT, &limits), expected);
}

#[test]
fn a_rule_that_loops_is_stopped() {
    let limits = Limits { evaluation: Duration::from_millis(100), ..Limits::default() };
    let (mut evaluator, rule) = prepare(
        "deny contains finding if {
	some i in numbers.range(1, 99999)
	some j in numbers.range(1, 99999)
	i * j == -1
	finding := result.fail(input.pool.at, \"never\")
}
",
        &limits,
    );
    let start = Instant::now();
    let result = evaluator.evaluate(&rule);
    assert_eq!(result, Err(EvaluationError::TimedOut { limit: limits.evaluation }));
    assert!(start.elapsed() < limits.evaluation + Duration::from_secs(2), "{:?}", start.elapsed());
}

#[test]
fn a_builtin_that_cannot_be_stopped_refuses() {
    let result = judge(
        "deny contains finding if {
	count(numbers.range(1, 30000000)) > 0
	finding := result.fail(input.pool.at, \"never\")
}
",
        &Limits::default(),
    );
    let Err(EvaluationError::Failed { message, .. }) = result else { panic!("{result:?}") };
    assert!(message.contains("`numbers.range` makes at most 100000 numbers"), "{message}");
}

/// In OPA, and in regorus when it is not strict, the condition would be undefined and the rule
/// silent.
#[test]
fn an_error_of_a_builtin_is_an_error() {
    let result = judge(
        "deny contains finding if {
	net.cidr_contains(input.pool.name, \"10.0.0.1\")
	finding := result.fail(input.pool.at, \"never\")
}
",
        &Limits::default(),
    );
    let Err(EvaluationError::Failed { place, .. }) = result else { panic!("{result:?}") };
    assert!(place.starts_with("rule.rego:14:"), "{place}");
}

#[test]
fn what_is_no_finding_is_an_error() {
    let each = |finding: &str| {
        let rules = format!("deny contains finding if finding := {finding}\n");
        judge(&rules, &Limits::default()).unwrap_err().to_string()
    };
    insta::assert_snapshot!([
        each("input.pool.name"),
        each("{\"at\": input.pool.at}"),
        each("{\"at\": input.pool.at, \"message\": 1}"),
        each("{\"at\": input.pool.at, \"message\": \"no\", \"severity\": \"low\"}"),
        each("{\"at\": \"somewhere\", \"message\": \"no\"}"),
    ].join("\n"), @r"
    `deny` is not a set of `{at, message[, details]}`: a member is no object
    `deny` is not a set of `{at, message[, details]}`: missing field `message`
    `deny` is not a set of `{at, message[, details]}`: invalid type: integer `1`, expected a string
    `deny` is not a set of `{at, message[, details]}`: unknown field `severity`, expected one of `at`, `message`, `details`
    `deny` is not a set of `{at, message[, details]}`: `at`: `somewhere` is not a locator (`<kind>/<name>#<json-pointer>`)
    ");
}

#[test]
fn a_parameter_has_its_default_until_it_is_set() {
    let text = "\
# METADATA
# title: A rule
# description: What and why.
# custom:
#   subject: pool
#   severity: low
#   remediation: What to do.
#   since: 0.1.0
#   parameters: {most: {type: integer, default: 9}}
package custom.acme.rule

import data.rollgate.lib.result

deny contains finding if {
	count(input.pool.kernel_arguments) > data.parameters.most
	finding := result.fail(input.pool.at, \"too many\")
}
";
    let file = PolicyFile { path: "rule.rego".to_owned(), text: text.to_owned() };
    let root = PolicyRoot { name: "acme".to_owned(), files: vec![file] };
    let policies = PolicySet::load(&[root]).unwrap();
    let findings = |policies: &PolicySet| {
        let mut evaluator = policies.evaluator(&Limits::default());
        evaluator.set_subject(&pool_with_kernel_arguments(&["a", "b"])).unwrap();
        evaluator.evaluate(policies.rule("custom.acme.rule").unwrap()).unwrap().len()
    };
    let with = |name: &str, value: serde_json::Value| {
        policies.clone().with_parameters(&BTreeMap::from([(name.to_owned(), value)]))
    };
    assert_eq!(findings(&policies), 0);
    assert_eq!(findings(&with("most", 1.into()).unwrap()), 1);
    insta::assert_snapshot!(
        with("most", "1".into()).unwrap_err(),
        @r#"gives the parameter `most` what it does not take: "1" is not of type "integer""#
    );
    insta::assert_snapshot!(with("mots", 1.into()).unwrap_err(), @"gives a parameter that no rule reads, `mots`");
}

#[test]
fn a_subject_is_judged_by_its_own_facts() {
    let policies = PolicySet::embedded().unwrap();
    let rule = policies.rule("pool.mitigations-disabled").unwrap();
    let mut evaluator = policies.evaluator(&Limits::default());
    let mut count = |arguments: &[&str]| {
        evaluator.set_subject(&pool_with_kernel_arguments(arguments)).unwrap();
        evaluator.evaluate(rule).unwrap().len()
    };
    assert_eq!([count(&["nopti"]), count(&[]), count(&["nopti", "mds=off"])], [1, 0, 2]);
}
