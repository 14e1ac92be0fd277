//! `rollgate policy`: lists, checks and tests policies.

use std::fmt::Write as _;

use miette::IntoDiagnostic as _;
use rollgate_engine::Limits;
use rollgate_engine::policy::{self, PolicySet, Rule, TestReport};

use crate::args::{ListFormat, Policy, PolicyCommand, PolicyFolders, PolicyList};
use crate::exit::Outcome;
use crate::output;
use crate::settings::{not_loaded, policy_roots};

pub(super) fn run(arguments: &Policy) -> miette::Result<Outcome> {
    match &arguments.command {
        PolicyCommand::List(arguments) => list(arguments),
        PolicyCommand::Check(folders) => check(folders),
        PolicyCommand::Test(folders) => test(folders),
    }
}

fn list(arguments: &PolicyList) -> miette::Result<Outcome> {
    let roots = policy_roots(&Limits::default(), &arguments.folders.folders)?;
    let policies = if roots.is_empty() { PolicySet::embedded() } else { PolicySet::load(&roots) };
    let policies = policies.map_err(|errors| not_loaded(&errors))?;
    // The library comes along with every folder, but is not what was asked for then.
    let asked_for = |rule: &&Rule| roots.is_empty() || rule.package.starts_with("custom.");
    let rules: Vec<&Rule> = policies.rules().iter().filter(asked_for).collect();
    output::print(&match arguments.output {
        ListFormat::Human => listing(&rules),
        ListFormat::Json => {
            let rules = serde_json::json!({ "rules": rules });
            format!("{}\n", serde_json::to_string_pretty(&rules).into_diagnostic()?)
        }
    })?;
    Ok(Outcome::Done)
}

/// A line for each rule, in columns.
fn listing(rules: &[&Rule]) -> String {
    let width = rules.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    rules.iter().fold(String::new(), |mut text, rule| {
        let severity = rule.severity.name();
        let _ = writeln!(text, "{:width$}  {severity:8}  {}", rule.code, rule.title);
        text
    })
}

fn check(folders: &PolicyFolders) -> miette::Result<Outcome> {
    let roots = policy_roots(&Limits::default(), &folders.folders)?;
    let rules = policy::check(&roots).map_err(|errors| not_loaded(&errors))?;
    let noun = if rules.len() == 1 { "rule" } else { "rules" };
    output::print(&format!("{} {noun} can be trusted\n", rules.len()))?;
    Ok(Outcome::Done)
}

fn test(folders: &PolicyFolders) -> miette::Result<Outcome> {
    let limits = Limits::default();
    let roots = policy_roots(&limits, &folders.folders)?;
    let report = policy::test(&roots, &limits).map_err(|errors| not_loaded(&errors))?;
    output::print(&summary(&report))?;
    let failed = report.failures().next().is_some() || report.tests.is_empty();
    Ok(if failed { Outcome::Denied } else { Outcome::Done })
}

/// Every failure, every line that no test evaluates, and the counts.
fn summary(report: &TestReport) -> String {
    let mut text = String::new();
    for test in report.failures() {
        let failure = test.failure.as_deref().unwrap_or_default();
        let _ = writeln!(text, "FAILED {} {:?} ({})", test.package, test.name, test.file);
        let _ = writeln!(text, "  {}", failure.replace('\n', "\n  "));
    }
    let (mut covered, mut missed) = (0, 0);
    for coverage in &report.coverage {
        covered += coverage.covered;
        missed += coverage.missed.len();
        if !coverage.missed.is_empty() {
            let lines: Vec<_> = coverage.missed.iter().map(u32::to_string).collect();
            let _ = writeln!(text, "not evaluated: {}:{}", coverage.file, lines.join(","));
        }
    }
    let failures = report.failures().count();
    let passed = report.tests.len() - failures;
    let percent = (covered * 100).checked_div(covered + missed).unwrap_or(100);
    let _ = writeln!(text, "{passed} passed, {failures} failed; {percent} % of lines evaluated");
    if report.tests.is_empty() {
        text.push_str("there are no tests: name files `*_test.rego`\n");
    }
    text
}
