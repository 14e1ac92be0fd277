//! What a run came to, in one sentence: the counts, and what was judged for which target.
//!
//! `2 findings deny, 1 warns; judged 3 MachineConfigs and 1 pool for release 4.20, day 2`

use std::collections::{BTreeMap, BTreeSet};

use super::configured::told;
use super::wording::{clean, counted, some_of};
use super::{Report, scope};

/// The sentence, in one line and without a full stop.
pub(super) fn sentence(report: &Report) -> String {
    let target = target(report).map(|target| format!(" for {target}")).unwrap_or_default();
    let told = told(report);
    clean(&format!("{}; judged {}{target}{told}", findings(report), judged(report)))
}

fn findings(report: &Report) -> String {
    let counts = &report.counts;
    let disabled: BTreeSet<&str> = report.disabled.iter().map(|one| one.rule.as_str()).collect();
    let denied = match counts.denied {
        0 => "no finding denies".to_owned(),
        1 => "1 finding denies".to_owned(),
        count => format!("{count} findings deny"),
    };
    let rest = [
        (counts.warned, if counts.warned == 1 { "warns" } else { "warn" }),
        (report.upgrade.as_ref().map_or(0, |upgrade| upgrade.findings), "only after the upgrade"),
        (counts.waived, "waived"),
        (counts.known, "known"),
        (counts.unchanged, "outside the change"),
        (counts.inconclusive, "inconclusive"),
        (disabled.len(), "switched off"),
    ];
    let rest = rest.iter().filter(|(count, _)| *count > 0);
    let rest = rest.map(|(count, what)| format!("{count} {what}"));
    std::iter::once(denied).chain(rest).collect::<Vec<_>>().join(", ")
}

/// `3 MachineConfigs and 1 MachineConfigPool`
fn judged(report: &Report) -> String {
    let subjects: BTreeSet<&str> =
        report.outcomes.iter().map(|outcome| outcome.subject.as_str()).collect();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for subject in subjects {
        *kinds.entry(subject.split('/').next().unwrap_or(subject)).or_default() += 1;
    }
    if kinds.is_empty() {
        return "nothing".to_owned();
    }
    let kinds: Vec<_> = kinds.into_iter().map(|(kind, count)| counted(count, kind)).collect();
    some_of(kinds.iter().map(String::as_str))
}

/// `release 4.20, stream rhel-9, day 2`
fn target(report: &Report) -> Option<String> {
    if !report.targets.is_empty() {
        return Some(report.targets.join(" and "));
    }
    let target = &report.target;
    let release = match &report.upgrade {
        Some(upgrade) => Some(scope::way(upgrade)),
        None => target.release.as_ref().map(|release| format!("release {release}")),
    };
    let parts = [
        release,
        target.stream.map(|stream| format!("stream {stream}")),
        target.architecture.map(|architecture| format!("architecture {architecture}")),
        target.platform.as_ref().map(|platform| format!("platform {platform}")),
        target.day.map(|day| format!("day {}", u8::from(day))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
