//! `rollgate policy test`: the tests and examples of policies.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _};

use miette::IntoDiagnostic as _;
use rollgate_engine::policy::{self, PolicySet, TestReport};
use rollgate_engine::{Limits, example};
use rollgate_sources::Changes;
use serde_json::json;

use super::print_json;
use crate::args::{Global, ListFormat, PolicyTest};
use crate::exit::{self, Outcome};
use crate::settings::{not_loaded, policy_roots};
use crate::{bundles, output};

pub(super) fn run(global: &Global, arguments: &PolicyTest) -> miette::Result<Outcome> {
    if arguments.watch { watch(global, arguments) } else { once(arguments) }
}

/// Runs the tests again and again; what is wrong with the policies meanwhile does not end it.
fn watch(global: &Global, arguments: &PolicyTest) -> miette::Result<Outcome> {
    // Before the first run, so that no change is missed.
    let changes = Changes::below(&arguments.folders.folders).into_diagnostic()?;
    let terminal = io::stdout().is_terminal();
    loop {
        if terminal {
            output::print(CLEAR)?;
        }
        if let Err(error) = once(arguments) {
            exit::tell(global, &error);
        }
        output::print("waiting for a change; end with Ctrl-C\n")?;
        if !changes.wait() {
            return Ok(Outcome::Done);
        }
    }
}

/// Clears a terminal and goes to its first line (ECMA-48).
const CLEAR: &str = "\x1b[2J\x1b[H";

fn once(arguments: &PolicyTest) -> miette::Result<Outcome> {
    let report = report(arguments)?;
    match arguments.output {
        ListFormat::Human => output::print(&summary(arguments, &report))?,
        ListFormat::Json => print_json(&json!({
            "passed": report.tests.len() - report.failures().count(),
            "failed": report.failures().count(),
            "percent": report.percent(),
            "tests": report.tests,
            "coverage": report.coverage,
        }))?,
    }
    let failed = report.failures().next().is_some() || report.tests.is_empty();
    let failed = failed || below_minimum(arguments, &report).is_some();
    Ok(if failed { Outcome::Denied } else { Outcome::Done })
}

fn report(arguments: &PolicyTest) -> miette::Result<TestReport> {
    let limits = Limits::default();
    let trust = bundles::trust(&limits, &arguments.folders.bundles)?;
    let roots = policy_roots(&limits, &arguments.folders.folders, &trust)?;
    let wanted = arguments.run.as_deref().unwrap_or_default();
    let report = policy::test_matching(&roots, &limits, wanted);
    let mut report = report.map_err(|errors| not_loaded(&errors))?;
    if !roots.is_empty() {
        let policies = PolicySet::load(&roots).map_err(|errors| not_loaded(&errors))?;
        let examples = example::test(&policies).into_iter();
        let is_wanted = |name: &str| name.contains(wanted);
        report.tests.extend(
            examples.filter(|example| is_wanted(&example.package) || is_wanted(&example.name)),
        );
    }
    Ok(report)
}

/// The minimum, where tests evaluate less.
fn below_minimum(arguments: &PolicyTest, report: &TestReport) -> Option<u8> {
    arguments.min_coverage.filter(|minimum| report.percent() < usize::from(*minimum))
}

/// Every failure, every line that no test evaluates, and the counts.
fn summary(arguments: &PolicyTest, report: &TestReport) -> String {
    let mut text = String::new();
    for test in report.failures() {
        let failure = test.failure.as_deref().unwrap_or_default();
        let _ = writeln!(text, "FAILED {} {:?} ({})", test.package, test.name, test.file);
        let _ = writeln!(text, "  {}", failure.replace('\n', "\n  "));
    }
    // What some of the tests do not evaluate says nothing.
    let whole = arguments.run.is_none();
    for coverage in report.coverage.iter().filter(|file| whole && !file.missed.is_empty()) {
        let lines: Vec<_> = coverage.missed.iter().map(u32::to_string).collect();
        let _ = writeln!(text, "not evaluated: {}:{}", coverage.file, lines.join(","));
    }
    let failures = report.failures().count();
    let _ = write!(text, "{} passed, {failures} failed", report.tests.len() - failures);
    if whole {
        let _ = write!(text, "; {} % of lines evaluated", report.percent());
    }
    text.push('\n');
    if let Some(minimum) = below_minimum(arguments, report) {
        let _ = writeln!(text, "less than the {minimum} % that are asked for");
    }
    match &arguments.run {
        _ if !report.tests.is_empty() => {}
        Some(wanted) => {
            let _ = writeln!(text, "no test has `{wanted}` in its package or name");
        }
        None => text.push_str("there are no tests: name files `*_test.rego`\n"),
    }
    text
}
