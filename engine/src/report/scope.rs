//! What a baseline, a change and an upgrade make of the findings, in words.
//!
//! Owns the wording; nothing that was left out goes unsaid.

use super::model::{Finding, Level, Report, UpgradeInfo};
use super::wording::{counted, some_of};

/// The findings that the baseline knows, a line for each.
pub(super) fn known(report: &Report) -> impl Iterator<Item = String> {
    let known = report.findings.iter().filter(|finding| finding.level == Level::Known);
    let line = |finding: &Finding| {
        let subjects = some_of(finding.subjects.iter().map(String::as_str));
        let place = finding.place.as_ref().map(|place| format!(" ({place})")).unwrap_or_default();
        format!("{} on {subjects}{place}", finding.rule)
    };
    known.map(line)
}

/// What is to be known of the baseline and the change besides.
pub(super) fn notes(report: &Report) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(baseline) = &report.baseline {
        let name = &baseline.name;
        if baseline.gone > 0 {
            let (gone, are) = (counted(baseline.gone, "finding"), are(baseline.gone));
            notes.push(format!("{gone} of the baseline `{name}` {are} gone: write a new one"));
        }
        if baseline.other_policies {
            notes.push(format!("the baseline `{name}` was written with other policies"));
        }
    }
    if let Some(change) = &report.change {
        let changed = counted(change.inputs.len(), "input");
        let removed = match change.removed {
            0 => String::new(),
            count => format!(" and {count} removed"),
        };
        let left_out = match change.left_out {
            0 => "no finding is left out".to_owned(),
            count => format!("{} elsewhere {} left out", counted(count, "finding"), are(count)),
        };
        notes.push(format!("{changed} changed since `{}`{removed}: {left_out}", change.since));
    }
    notes
}

/// ` (only after the upgrade to 4.22)`, for a finding that the upgrade brings.
pub(super) fn after(finding: &Finding) -> String {
    match finding.releases.first() {
        Some(release) if finding.only_after_upgrade => {
            format!(" (only after the upgrade to {release})")
        }
        _ => String::new(),
    }
}

/// `release 4.20, the upgrade to 4.21 and 4.22`
pub(super) fn way(upgrade: &UpgradeInfo) -> String {
    let through = some_of(upgrade.through.iter().map(String::as_str));
    match upgrade.from.as_slice() {
        [from] => format!("release {from}, the upgrade to {through}"),
        from => format!("the upgrade to {through} from {}", from.join(" or ")),
    }
}

const fn are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}
