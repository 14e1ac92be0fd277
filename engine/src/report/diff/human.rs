//! The difference of two reports for people: a list of each kind, and one line at the end.
//!
//! `denied: 1 new finding denies; 2 new, 0 changed, 1 gone; old.json passes, new.json is denied`

use std::fmt::Write as _;

use super::{Changed, Diff};
use crate::report::human::Verbosity;
use crate::report::model::{Finding, Outcome, Unjudged};
use crate::report::wording::{SHOWN, clean, counted, some_of};

/// The difference for people.
pub fn human(diff: &Diff, verbosity: Verbosity) -> String {
    let mut text = String::new();
    let findings = &diff.findings;
    // What is new is what the reader came for.
    section(&mut text, "new:", findings.new.iter().map(finding), usize::MAX);
    if verbosity > Verbosity::Quiet {
        lists(&mut text, diff, if verbosity == Verbosity::Verbose { usize::MAX } else { SHOWN });
    }
    let _ = writeln!(text, "{}", clean(&format!("{}: {}", diff.verdict, sentence(diff))));
    text
}

/// All else that differs, the first of each kind.
fn lists(text: &mut String, diff: &Diff, shown: usize) {
    let findings = &diff.findings;
    section(text, "changed:", findings.changed.iter().map(changed), shown);
    section(text, "gone:", findings.gone.iter().map(finding), shown);
    let gaps = &diff.inconclusive;
    section(text, "inconclusive now:", gaps.new.iter().map(outcome), shown);
    section(text, "decided now:", gaps.gone.iter().map(outcome), shown);
    let gaps = &diff.unjudged;
    section(text, "not judged now:", gaps.new.iter().map(unjudged), shown);
    section(text, "judged now, or gone:", gaps.gone.iter().map(unjudged), shown);
}

/// The difference in one line.
pub(super) fn sentence(diff: &Diff) -> String {
    let findings = &diff.findings;
    let denials = match findings.denials() {
        0 => "no new denial".to_owned(),
        count => counted(count, "new denial"),
    };
    let (old, new) = (&diff.old, &diff.new);
    let policies = if old.policies == new.policies { "" } else { ", by other policies" };
    format!(
        "{denials}; {} new, {} changed, {} gone, {} inconclusive now; `{}` of {} is {}, `{}` of {} is {}{policies}",
        findings.new.len(),
        findings.changed.len(),
        findings.gone.len(),
        diff.inconclusive.new.len() + diff.unjudged.new.len(),
        old.name,
        old.date,
        old.verdict,
        new.name,
        new.date,
        new.verdict,
    )
}

/// What a finding weighs and reaches now, and did before.
pub(super) fn weight(changed: &Changed) -> String {
    let Changed { old, new } = changed;
    let mut parts = Vec::new();
    if old.severity != new.severity {
        parts.push(format!("{} before, {} now", old.severity, new.severity));
    }
    if old.level != new.level {
        parts.push(format!("{} before, {} now", old.level, new.level));
    }
    if old.subjects != new.subjects {
        let subjects = some_of(old.subjects.iter().map(String::as_str));
        parts.push(format!("on {subjects} before"));
    }
    parts.join(", ")
}

fn finding(finding: &Finding) -> String {
    format!("{}: {}: {}", finding.level, named(finding), finding.message)
}

fn changed(changed: &Changed) -> String {
    format!("{}: {}: {}", named(&changed.new), changed.new.message, weight(changed))
}

/// `pool.fips-toggled (high) on MachineConfigPool/worker (a.yaml:3:9)`
fn named(finding: &Finding) -> String {
    let subjects = some_of(finding.subjects.iter().map(String::as_str));
    let place = finding.place.as_ref().map(|place| format!(" ({place})")).unwrap_or_default();
    format!("{} ({}) on {subjects}{place}", finding.rule, finding.severity)
}

fn outcome(outcome: &Outcome) -> String {
    let reason = outcome.reason.as_deref().unwrap_or("no reason was given");
    format!("{} on {}: {reason}", outcome.rule, outcome.subject)
}

fn unjudged(unjudged: &Unjudged) -> String {
    format!("{}: {}", unjudged.name, unjudged.message)
}

fn section(
    text: &mut String,
    title: &str,
    items: impl ExactSizeIterator<Item = String>,
    shown: usize,
) {
    let count = items.len();
    if count == 0 {
        return;
    }
    let _ = writeln!(text, "{title}");
    for item in items.take(shown) {
        let _ = writeln!(text, "  {}", clean(&item));
    }
    if let Some(more @ 1..) = count.checked_sub(shown) {
        let _ = writeln!(text, "  and {more} more");
    }
    text.push('\n');
}
