//! JUnit XML, as Jenkins, GitLab and Azure DevOps read it.
//!
//! Owns the mapping: a suite for each subject, a case for each rule that judged it. Must not decide.
//! A failure denies, an error could not be decided and blocks; a warning passes and says so in its output, as
//! no reader knows more than pass, fail, error and skip. What belongs to no outcome, an input that
//! could not be read or a waiver that is at fault, stands in a suite of its own, and so does the
//! configuration: the file is a case, what it switches off is skipped, all else is a property.
//!
//! `<testsuite name="MachineConfig/99-worker"><testcase name="machineconfig.decimal-mode" …/>`

use std::collections::{BTreeMap, BTreeSet};

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::configured::{self, Kind, Part};
use super::model::{Finding, Level, Outcome, Report, Status, Unjudged, Waived};
use super::scope;
use super::wording::{clean, phrase};

/// The suite of what could not be judged at all.
const INPUTS: &str = "inputs";

/// The suite of what judged.
const CONFIGURATION: &str = "configuration";

/// The report as JUnit XML, indented, with a line break at the end.
///
/// # Errors
///
/// Where XML cannot be written, which no report is known to cause.
pub fn junit(report: &Report) -> Result<String, quick_junit::SerializeError> {
    let mut written = quick_junit::Report::new("rollgate");
    written.add_test_suites(suites(report));
    let skipped = written.skipped;
    let mut text = written.to_string()?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    // The first element is the root, which Jenkins's schema gives no such count: its xUnit plugin
    // refuses the whole file (jenkinsci/xunit-plugin, `junit-10.xsd`).
    Ok(text.replacen(&format!(" skipped=\"{skipped}\""), "", 1))
}

fn suites(report: &Report) -> Vec<TestSuite> {
    let findings = Findings::of(report);
    let mut suites: BTreeMap<&str, Vec<TestCase>> = BTreeMap::new();
    for outcome in &report.outcomes {
        let case = judged(report, outcome, &findings.of_outcome(outcome));
        suites.entry(&outcome.subject).or_default().push(case);
    }
    for finding in findings.of_no_outcome(report) {
        let status = match finding.level {
            Level::Deny => failure(&[finding]),
            Level::Waived | Level::Known | Level::Warn => TestCaseStatus::success(),
        };
        let case = case(&finding.subject, &finding.rule, status, &[finding]);
        suites.entry(&finding.subject).or_default().push(case);
    }
    suites.entry(INPUTS).or_default().extend(report.unjudged.iter().map(|it| unjudged(report, it)));
    let filled = suites.into_iter().filter(|(_, cases)| !cases.is_empty());
    let filled = filled.map(|(name, cases)| suite(report, name, cases));
    configuration(report).into_iter().chain(filled).collect()
}

fn suite(report: &Report, name: &str, cases: Vec<TestCase>) -> TestSuite {
    let mut suite = TestSuite::new(xml(name));
    suite.add_test_cases(cases);
    let tool = &report.tool;
    let properties = [
        ("rollgate.version", tool.version.as_str()),
        ("rollgate.policies", &tool.policies),
        ("rollgate.date", &report.date),
        ("rollgate.verdict", report.verdict.name()),
        ("rollgate.fail-on", report.weighing.fail_on.name()),
    ];
    suite.add_properties(properties);
    let configured = [
        ("rollgate.configuration", configured::file(report)),
        ("rollgate.profile", configured::profile(report)),
    ];
    let configured =
        configured.into_iter().filter_map(|(name, value)| Some((name.to_owned(), xml(&value?))));
    suite.add_properties(configured);
    suite
}

/// What the configuration and flags make of the run, where there is any of it.
fn configuration(report: &Report) -> Option<TestSuite> {
    let name = report.configuration.name.iter();
    let mut cases: Vec<TestCase> =
        name.map(|name| TestCase::new(xml(name), TestCaseStatus::success())).collect();
    let mut properties = Vec::new();
    for Part { kind, entries } in configured::parts(report) {
        for (index, entry) in entries.iter().enumerate() {
            let line = xml(&entry.line());
            let mut property =
                |name| properties.push((format!("{name}.{}", index + 1), line.clone()));
            match kind {
                Kind::Waivers => property("rollgate.waiver"),
                Kind::Severities => property("rollgate.severity"),
                Kind::Parameters => property("rollgate.parameter"),
                Kind::SwitchedOff | Kind::Ignored => {
                    let status = skipped(&format!("{}: {line}", kind.title()));
                    cases.push(TestCase::new(xml(&entry.what), status));
                }
            }
        }
    }
    for case in &mut cases {
        case.set_classname(CONFIGURATION);
    }
    let mut suite = (!cases.is_empty()).then(|| suite(report, CONFIGURATION, cases))?;
    suite.add_properties(properties);
    Some(suite)
}

/// The findings by rule and subject.
struct Findings<'r>(BTreeMap<(&'r str, &'r str), Vec<&'r Finding>>);

impl<'r> Findings<'r> {
    fn of(report: &'r Report) -> Self {
        let mut findings: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for finding in &report.findings {
            for subject in &finding.subjects {
                let key = (finding.rule.as_str(), subject.as_str());
                findings.entry(key).or_default().push(finding);
            }
        }
        Self(findings)
    }

    fn of_outcome(&self, outcome: &Outcome) -> Vec<&'r Finding> {
        self.0.get(&(outcome.rule.as_str(), outcome.subject.as_str())).cloned().unwrap_or_default()
    }

    fn of_no_outcome(&self, report: &'r Report) -> Vec<&'r Finding> {
        let outcomes: BTreeSet<(&str, &str)> = report
            .outcomes
            .iter()
            .map(|outcome| (outcome.rule.as_str(), outcome.subject.as_str()))
            .collect();
        let others = self.0.iter().filter(|(key, _)| !outcomes.contains(*key));
        others.flat_map(|(_, findings)| findings).copied().collect()
    }
}

fn judged(report: &Report, outcome: &Outcome, findings: &[&Finding]) -> TestCase {
    let reason = outcome.reason.as_deref().unwrap_or_default();
    let status = match outcome.status {
        Status::Pass | Status::Warn => TestCaseStatus::success(),
        Status::Fail => failure(findings),
        Status::NotApplicable | Status::Waived | Status::Known | Status::Unchanged => {
            skipped(reason)
        }
        Status::Inconclusive => inconclusive(report, reason, ""),
    };
    case(&outcome.subject, &outcome.rule, status, findings)
}

/// A case; what warns, is waived or known in it stands in its output.
fn case(subject: &str, rule: &str, status: TestCaseStatus, findings: &[&Finding]) -> TestCase {
    let mut case = TestCase::new(xml(rule), status);
    case.set_classname(xml(subject));
    let more = findings.iter().filter(|finding| finding.level != Level::Deny);
    let lines: Vec<String> = more.map(|finding| passing(finding)).collect();
    if !lines.is_empty() {
        case.set_system_out(lines.join("\n"));
    }
    case
}

fn failure(findings: &[&Finding]) -> TestCaseStatus {
    let denying: Vec<_> =
        findings.iter().filter(|finding| finding.level == Level::Deny).copied().collect();
    let mut failure = TestCaseStatus::non_success(NonSuccessKind::Failure);
    if let Some(first) = denying.first() {
        let more = match denying.len() {
            1 => String::new(),
            count => format!(" (and {} more)", count - 1),
        };
        failure.set_message(format!("{}{more}", xml(&first.message)));
        failure.set_type(first.severity.name());
    }
    let described: Vec<_> = denying.iter().map(|finding| described(finding)).collect();
    failure.set_description(described.join("\n"));
    failure
}

fn skipped(reason: &str) -> TestCaseStatus {
    let mut skipped = TestCaseStatus::skipped();
    skipped.set_message(xml(reason));
    skipped
}

/// What could not be decided: an error, unless that does not block.
fn inconclusive(report: &Report, reason: &str, help: &str) -> TestCaseStatus {
    if !report.weighing.inconclusive_blocks {
        return skipped(&format!("inconclusive: {reason}"));
    }
    let mut error = TestCaseStatus::non_success(NonSuccessKind::Error);
    error.set_message(xml(reason));
    error.set_type("inconclusive");
    if !help.is_empty() {
        error.set_description(format!("help: {}", xml(help)));
    }
    error
}

fn unjudged(report: &Report, unjudged: &Unjudged) -> TestCase {
    let place = match &unjudged.place {
        Some(place) => place.to_string(),
        None => unjudged.name.clone(),
    };
    let status = inconclusive(report, &unjudged.message, &unjudged.help);
    let mut case = TestCase::new(xml(&place), status);
    case.set_classname(INPUTS);
    case
}

/// What does not deny: what it is instead, and who says so.
fn passing(finding: &Finding) -> String {
    let by = finding.waived.as_ref().map(|waived| {
        let Waived { reason, owner, until, place } = waived;
        let place = place.as_ref().map(|place| format!(" ({place})")).unwrap_or_default();
        format!("\n  waived by {}", xml(&format!("{owner} until {until}{place}: {reason}")))
    });
    format!("{}: {}{}", finding.level, described(finding), by.unwrap_or_default())
}

/// `99-worker.yaml:8:7: kernel argument …` and what to do, on a line of its own.
fn described(finding: &Finding) -> String {
    let place = finding.whereabouts();
    let (message, help) = (xml(&finding.message), xml(&phrase(&finding.help)));
    format!("{}: {message}{}\n  help: {help}", xml(&place), xml(&scope::after(finding)))
}

/// A text in one line, of characters that XML can hold
/// (<https://www.w3.org/TR/xml/#charsets>).
fn xml(text: &str) -> String {
    clean(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
