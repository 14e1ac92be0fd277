//! Annotations of GitHub Actions: commands to its runner, one a line.
//!
//! Owns the form of the commands and GitHub's limits
//! (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>). Must not
//! decide. The worst comes first, and the last line says how much is not shown.
//!
//! `::error file=99-worker.yaml,line=8,endLine=8,col=7,endColumn=22,title=pool.mitigations-disabled::…`

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::configured::{self, Part};
use super::model::{Finding, Level, Place, Report, Status, Unjudged};
use super::repository::Repository;
use super::wording::{clean, counted, cropped, phrase};
use super::{scope, summary};

/// How many annotations of one level GitHub takes of one step; it drops further ones silently.
const OF_A_LEVEL: usize = 10;

/// How many characters a title has at most
/// (<https://docs.github.com/en/rest/checks/runs#create-a-check-run>).
const TITLE: usize = 255;

/// How many characters a message has at most: GitHub takes 64 KiB, and a character has at most 4 bytes.
const MESSAGE: usize = 16_000;

/// The report as annotations.
pub fn github(report: &Report, repository: &Repository) -> String {
    let (mut errors, mut warnings) = (findings(report, Level::Deny), findings(report, Level::Warn));
    if report.weighing.inconclusive_blocks {
        errors.extend(gaps(report));
    } else {
        warnings.extend(gaps(report));
    }
    // The last notice is the verdict.
    let (notices, mut told) = notices(report, OF_A_LEVEL - 1);
    let mut text = String::new();
    for (level, annotations) in [("error", &errors), ("warning", &warnings), ("notice", &notices)] {
        for annotation in annotations.iter().take(OF_A_LEVEL) {
            text.push_str(&annotation.command(level, repository));
        }
    }
    let hidden = |annotations: &[Annotation<'_>]| annotations.len().saturating_sub(OF_A_LEVEL);
    let sentence = match hidden(&errors) + hidden(&warnings) {
        0 => summary::sentence(report),
        count => {
            let not_shown = counted(count, "more annotation");
            format!("{}; {not_shown} not shown, as GitHub takes no more", summary::sentence(report))
        }
    };
    told.insert(0, sentence);
    let title = format!("rollgate: {}", report.verdict);
    let verdict = Annotation { place: None, title, message: told.join("\n") };
    text.push_str(&verdict.command("notice", repository));
    text
}

/// One command.
struct Annotation<'r> {
    place: Option<&'r Place>,
    title: String,
    message: String,
}

/// What lets findings pass, each where it is written, so that a change which edits it shows that; and a
/// line for everything else that a configuration makes of the run.
fn notices(report: &Report, most: usize) -> (Vec<Annotation<'_>>, Vec<String>) {
    let (mut notices, mut lines) = (Vec::new(), Vec::new());
    for Part { kind, entries } in configured::parts(report) {
        for entry in entries {
            let placed = kind.makes_exceptions() && entry.place.is_some();
            let title = kind.title();
            if placed && notices.len() < most {
                let message = format!("{}: {}", entry.what, entry.why);
                notices.push(Annotation { place: entry.place, title: title.to_owned(), message });
            } else {
                lines.push(format!("{title}: {}", entry.line()));
            }
        }
    }
    (notices, lines)
}

/// Findings of a level, the most severe of them first.
fn findings(report: &Report, level: Level) -> Vec<Annotation<'_>> {
    let mut findings: Vec<&Finding> =
        report.findings.iter().filter(|finding| finding.level == level).collect();
    findings.sort_by_key(|finding| Reverse(finding.severity));
    findings.into_iter().map(annotation).collect()
}

fn annotation(finding: &Finding) -> Annotation<'_> {
    let message = match &finding.place {
        Some(_) => finding.message.clone(),
        None => format!("{} (at {})", finding.message, finding.whereabouts()),
    };
    Annotation {
        place: finding.place.as_ref(),
        title: format!("{} ({}){}", finding.rule, finding.severity, scope::after(finding)),
        message: format!("{message}\nhelp: {}", phrase(&finding.help)),
    }
}

/// What could not be decided.
fn gaps(report: &Report) -> impl Iterator<Item = Annotation<'_>> {
    report.unjudged.iter().map(unjudged).chain(inconclusive(report))
}

fn unjudged(unjudged: &Unjudged) -> Annotation<'_> {
    let message = match unjudged.place {
        Some(_) => unjudged.message.clone(),
        None => format!("{}: {}", unjudged.name, unjudged.message),
    };
    Annotation {
        place: unjudged.place.as_ref(),
        title: "not judged".to_owned(),
        message: format!("{message}\nhelp: {}", unjudged.help),
    }
}

/// One annotation for each reason: one flag often decides many rules.
fn inconclusive(report: &Report) -> impl Iterator<Item = Annotation<'_>> {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    let outcomes = report.outcomes.iter();
    for outcome in outcomes.filter(|outcome| outcome.status == Status::Inconclusive) {
        *reasons.entry(outcome.reason.as_deref().unwrap_or_default()).or_default() += 1;
    }
    reasons.into_iter().map(|(reason, count)| Annotation {
        place: None,
        title: format!("inconclusive: {}", counted(count, "outcome")),
        message: reason.to_owned(),
    })
}

impl Annotation<'_> {
    fn command(&self, level: &str, repository: &Repository) -> String {
        let mut properties = Vec::new();
        // Standard input is no file of the repository.
        if let Some(place) = self.place.filter(|place| !place.name.starts_with('<')) {
            properties.push(("file", repository.path_of(&place.name)));
            properties.push(("line", place.line.to_string()));
            properties.push(("endLine", place.end_line.to_string()));
            // GitHub takes columns only of what stands in one line.
            if place.line == place.end_line {
                properties.push(("col", place.column.to_string()));
                properties.push(("endColumn", place.end_column.to_string()));
            }
        }
        properties.push(("title", cropped(&clean(&self.title), TITLE)));
        let properties: Vec<_> =
            properties.iter().map(|(key, value)| format!("{key}={}", property(value))).collect();
        let lines: Vec<_> = self.message.lines().map(clean).collect();
        let message = cropped(&lines.join("\n"), MESSAGE);
        format!("::{level} {}::{}\n", properties.join(","), data(&message))
    }
}

/// The message of a command, as actions/toolkit escapes it (`packages/core/src/command.ts`).
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command, escaped likewise.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
