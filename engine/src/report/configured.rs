//! What the configuration makes of the run: accepted, switched off, changed, and where that is
//! written, so that a change which edits its own waivers is seen.
//!
//! Owns the wording, and that there is a line for every entry of the configuration, however many rules
//! it selects: no entry hides behind those before it.
//!
//! `pool.mitigations-disabled (rollgate.yaml:3:5): lab`

use std::collections::BTreeSet;

use crate::report::wording::{counted, cropped, some_of};
use crate::report::{
    ConfigurationSource, DisabledInfo, IgnoredConfiguration, Place, Report, Severity, SeverityInfo,
    WaiverInfo,
};

/// How many characters of a parameter's value are shown; the JSON report has all of it.
const VALUE: usize = 200;

/// What a configuration says things about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Waivers,
    SwitchedOff,
    Severities,
    Parameters,
    Ignored,
}

/// Everything of one kind that a configuration says.
pub(super) struct Part<'r> {
    pub(super) kind: Kind,
    pub(super) entries: Vec<Entry<'r>>,
}

/// One thing that a configuration says.
pub(super) struct Entry<'r> {
    /// What it is about.
    pub(super) what: String,
    /// Where it is written; absent where a flag says so, and of a whole file.
    pub(super) place: Option<&'r Place>,
    /// Why, or which value.
    pub(super) why: String,
}

impl Kind {
    /// What stands above a list of them.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Waivers => "waivers",
            Self::SwitchedOff => "switched off",
            Self::Severities => "of another severity",
            Self::Parameters => "parameters",
            Self::Ignored => "ignored, as --trusted-config is given",
        }
    }

    /// Whether it lets findings pass or weigh otherwise.
    pub(super) const fn makes_exceptions(self) -> bool {
        matches!(self, Self::Waivers | Self::SwitchedOff | Self::Severities)
    }
}

impl Entry<'_> {
    /// The entry in one line.
    pub(super) fn line(&self) -> String {
        let place = self.place.map(|place| format!(" ({place})")).unwrap_or_default();
        format!("{}{place}: {}", self.what, self.why)
    }
}

/// All that a configuration and flags make of the run.
pub(super) fn parts(report: &Report) -> impl Iterator<Item = Part<'_>> {
    let parts = [
        Part { kind: Kind::Waivers, entries: waivers(report) },
        Part { kind: Kind::SwitchedOff, entries: disabled(report) },
        Part { kind: Kind::Severities, entries: severities(report) },
        Part { kind: Kind::Parameters, entries: parameters(report) },
        Part { kind: Kind::Ignored, entries: ignored(report) },
    ];
    parts.into_iter().filter(|part| !part.entries.is_empty())
}

fn waivers<'r>(report: &'r Report) -> Vec<Entry<'r>> {
    let entry = |waiver: &'r WaiverInfo| {
        let WaiverInfo { rule, subject, reason, owner, until, place, paths, .. } = waiver;
        let covered = report.findings.iter().filter(|finding| {
            finding.waived.as_ref().and_then(|it| it.place.as_ref()) == Some(place)
        });
        let covered: Vec<String> = covered
            .map(|it| it.place.as_ref().map_or_else(|| it.at.to_string(), ToString::to_string))
            .collect();
        let covered = match covered[..] {
            [] => "nothing".to_owned(),
            _ => some_of(covered.iter().map(String::as_str)),
        };
        Entry {
            what: format!("{rule} for {subject}{} by {owner} until {until}", in_files(paths)),
            place: Some(place),
            why: format!("{reason}; waives {covered}"),
        }
    };
    report.waivers.iter().map(entry).collect()
}

fn disabled<'r>(report: &'r Report) -> Vec<Entry<'r>> {
    let same = |one: &DisabledInfo, other: &DisabledInfo| {
        (&one.place, &one.reason, &one.paths) == (&other.place, &other.reason, &other.paths)
    };
    let entry = |rules: &'r [DisabledInfo]| {
        let DisabledInfo { reason, place, paths, .. } = rules.first()?;
        let left_out: usize = rules.iter().map(|one| one.left_out).sum();
        let files = match paths[..] {
            [] => String::new(),
            _ => format!("{}, {} left out", in_files(paths), counted(left_out, "finding")),
        };
        // Two entries that share an anchor are one place.
        let rules: BTreeSet<&str> = rules.iter().map(|one| one.rule.as_str()).collect();
        let what = format!("{}{files}", some_of(rules.into_iter()));
        Some(Entry { what, place: place.as_ref(), why: reason.clone() })
    };
    report.disabled.chunk_by(same).filter_map(entry).collect()
}

fn severities<'r>(report: &'r Report) -> Vec<Entry<'r>> {
    let same = |one: &SeverityInfo, other: &SeverityInfo| {
        (&one.place, &one.paths) == (&other.place, &other.paths)
    };
    let entry = |rules: &'r [SeverityInfo]| {
        let SeverityInfo { severity, reason, place, paths, .. } = rules.first()?;
        let were: BTreeSet<Severity> = rules.iter().map(|one| one.was).collect();
        let were: Vec<&str> = were.into_iter().map(Severity::name).collect();
        let are = if rules.len() == 1 { "is" } else { "are" };
        let rules = some_of(rules.iter().map(|one| one.rule.as_str()));
        let files = in_files(paths);
        let what = format!("{rules}{files} {are} {severity}, not {}", were.join(" or "));
        Some(Entry { what, place: Some(place), why: reason.clone() })
    };
    report.severities.chunk_by(same).filter_map(entry).collect()
}

fn parameters(report: &Report) -> Vec<Entry<'_>> {
    let entries = report.parameters.iter().map(|parameter| Entry {
        what: parameter.name.clone(),
        place: Some(&parameter.place),
        why: cropped(&parameter.value.to_string(), VALUE),
    });
    entries.collect()
}

fn ignored(report: &Report) -> Vec<Entry<'_>> {
    let entries = report.configuration.ignored.iter().map(|ignored| {
        let IgnoredConfiguration { name, valid, waivers, disabled, .. } = ignored;
        let why = if *valid {
            format!("{}, {disabled} switched off", counted(*waivers, "waiver"))
        } else {
            "not valid".to_owned()
        };
        Entry { what: name.clone(), place: None, why }
    });
    entries.collect()
}

/// `; configured by rollgate.yaml, found; by profile strict --tag image; denies from low`
pub(super) fn told(report: &Report) -> String {
    let by = file(report).map(|file| format!("; configured by {file}"));
    let profile = profile(report).map(|profile| format!("; by profile {profile}"));
    by.into_iter().chain(profile).chain(weighing(report)).collect()
}

/// `rollgate.yaml, found`
pub(super) fn file(report: &Report) -> Option<String> {
    let how = match report.configuration.source {
        ConfigurationSource::None | ConfigurationSource::Given => "",
        ConfigurationSource::Discovered => ", found",
        ConfigurationSource::Trusted => ", trusted",
    };
    report.configuration.name.as_ref().map(|name| format!("{name}{how}"))
}

/// `strict --tag image`, where anything but the default selects.
pub(super) fn profile(report: &Report) -> Option<String> {
    let selection = report.selection.as_ref()?;
    if selection.place.is_none() && selection.flags.is_empty() {
        return None;
    }
    let narrowing = selection.flags.iter().filter(|flag| !flag.starts_with("--profile "));
    let words = std::iter::once(selection.profile.as_str()).chain(narrowing.map(String::as_str));
    Some(words.collect::<Vec<_>>().join(" "))
}

/// What denies and blocks, where that is not the default.
fn weighing(report: &Report) -> impl Iterator<Item = String> {
    let weighing = &report.weighing;
    let fail_on = (weighing.fail_on != Severity::Medium)
        .then(|| format!("; denies from {}", weighing.fail_on));
    let gaps = (!weighing.inconclusive_blocks).then(|| "; inconclusive does not block".to_owned());
    fail_on.into_iter().chain(gaps)
}

fn in_files(paths: &[String]) -> String {
    if paths.is_empty() { String::new() } else { format!(" in {}", paths.join(", ")) }
}
