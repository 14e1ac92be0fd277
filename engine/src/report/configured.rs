//! What the configuration makes of the run: accepted, switched off, changed, and where that is
//! written, so that a change which edits its own waivers is seen.
//!
//! `pool.mitigations-disabled (rollgate.yaml:3:5): lab`

use crate::report::wording::{counted, some_of};
use crate::report::{
    ConfigurationSource, DisabledInfo, Finding, IgnoredConfiguration, ParameterInfo, Place, Report,
    SeverityInfo, Waived,
};

/// Findings that are waived.
pub(super) fn waived(report: &Report) -> impl Iterator<Item = String> {
    report.findings.iter().filter_map(|finding| {
        let Waived { reason, owner, until, place: waiver } = finding.waived.as_ref()?;
        let Finding { rule, place, subjects, .. } = finding;
        let subjects = some_of(subjects.iter().map(String::as_str));
        let (place, waiver) = (in_brackets(place.as_ref()), in_brackets(waiver.as_ref()));
        Some(format!("{rule} on {subjects}{place} by {owner} until {until}{waiver}: {reason}"))
    })
}

/// Rules that are switched off.
pub(super) fn disabled(report: &Report) -> impl Iterator<Item = String> {
    report.disabled.iter().map(|disabled| {
        let DisabledInfo { rule, reason, place, paths, left_out } = disabled;
        let place = in_brackets(place.as_ref());
        let files = match paths[..] {
            [] => String::new(),
            _ => format!("{}, {} left out", in_files(paths), counted(*left_out, "finding")),
        };
        format!("{rule}{files}{place}: {reason}")
    })
}

/// Rules whose severity is not their own.
pub(super) fn severities(report: &Report) -> impl Iterator<Item = String> {
    report.severities.iter().map(|change| {
        let SeverityInfo { rule, was, severity, reason, place, paths } = change;
        format!("{rule}{} is {severity}, not {was} ({place}): {reason}", in_files(paths))
    })
}

/// Parameters that were given.
pub(super) fn parameters(report: &Report) -> impl Iterator<Item = String> {
    report.parameters.iter().map(|parameter| {
        let ParameterInfo { name, value, place, .. } = parameter;
        format!("{name} ({place}): {value}")
    })
}

/// Configurations that were ignored.
pub(super) fn ignored(report: &Report) -> impl Iterator<Item = String> {
    report.configuration.ignored.iter().map(|ignored| {
        let IgnoredConfiguration { name, valid, waivers, disabled, .. } = ignored;
        if *valid {
            let waivers = counted(*waivers, "waiver");
            format!("{name}: {waivers}, {disabled} switched off")
        } else {
            format!("{name}: not valid")
        }
    })
}

/// `; configured by rollgate.yaml, found; by profile strict --tag image`
pub(super) fn told(report: &Report) -> String {
    let configuration = &report.configuration;
    let how = match configuration.source {
        ConfigurationSource::None | ConfigurationSource::Given => "",
        ConfigurationSource::Discovered => ", found",
        ConfigurationSource::Trusted => ", trusted",
    };
    let by = configuration.name.iter().map(|name| format!("; configured by {name}{how}"));
    let selection = report.selection.iter();
    let selected = selection.filter(|it| it.place.is_some() || !it.flags.is_empty());
    let selected = selected.map(|it| {
        let narrowing = it.flags.iter().filter(|flag| !flag.starts_with("--profile "));
        let words: Vec<&str> =
            std::iter::once(it.profile.as_str()).chain(narrowing.map(String::as_str)).collect();
        format!("; by profile {}", words.join(" "))
    });
    by.chain(selected).collect()
}

fn in_brackets(place: Option<&Place>) -> String {
    place.map(|place| format!(" ({place})")).unwrap_or_default()
}

fn in_files(paths: &[String]) -> String {
    if paths.is_empty() { String::new() } else { format!(" in {}", paths.join(", ")) }
}
