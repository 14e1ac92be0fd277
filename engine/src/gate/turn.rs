//! Turns: what a rule says for each target that is possible, and where that turns.

use std::collections::{BTreeMap, BTreeSet};

use rollgate_facts::{Architecture, Day, Stream, Target};
use serde_json::Value;

use crate::gate::doubt::Doubt;
use crate::policy::{EvaluationError, Need, RawFinding};
use crate::report::Status;

/// The results of one rule on one subject, for every target that is possible.
#[derive(Debug, Default)]
pub(super) struct Turn {
    results: Vec<(Target, Result<Vec<RawFinding>, EvaluationError>)>,
}

/// What one rule comes to on one subject.
#[derive(Debug)]
pub(super) struct Settled {
    /// `Pass`, `Fail`, `Inconclusive` or `NotApplicable`.
    pub(super) status: Status,
    /// Why, where the status is one of the last two.
    pub(super) reason: Option<String>,
    /// What keeps it from deciding, where it is inconclusive.
    pub(super) doubt: Doubt,
    /// What was found.
    pub(super) findings: Vec<RawFinding>,
}

/// A part of the target, how it is given, and its value in a target as text.
struct Dimension {
    name: &'static str,
    flag: &'static str,
    of: fn(&Target) -> Option<String>,
}

const DIMENSIONS: &[Dimension] = &[
    Dimension { name: "release", flag: "--release", of: |target| target.release.clone() },
    Dimension {
        name: "stream",
        flag: "--stream",
        of: |target| target.stream.map(|stream| stream.to_string()),
    },
    Dimension {
        name: "architecture",
        flag: "--arch",
        of: |target| target.architecture.map(|architecture| architecture.to_string()),
    },
    Dimension { name: "platform", flag: "--platform", of: |target| target.platform.clone() },
    Dimension {
        name: "day",
        flag: "--day",
        of: |target| target.day.map(|day| u8::from(day).to_string()),
    },
];

/// The targets to evaluate for: what is known, and every value that the tables know of what the
/// rule needs besides. The releases are those for which the subject takes its present form.
pub(super) fn possible_targets<'t>(
    needs: &'t [Need],
    known: &'t Target,
    releases: &'t [String],
    platforms: &'t [String],
) -> impl Iterator<Item = Target> + 't {
    let one: Box<dyn Iterator<Item = Target> + 't> = Box::new(std::iter::once(known.clone()));
    needs.iter().fold(one, |targets, need| match need {
        Need::Release if known.release.is_none() => {
            spread(targets, releases, |target, it| target.release = Some(it.clone()))
        }
        Need::Stream if known.stream.is_none() => {
            spread(targets, Stream::ALL, |target, it| target.stream = Some(*it))
        }
        Need::Architecture if known.architecture.is_none() => {
            spread(targets, Architecture::ALL, |target, it| target.architecture = Some(*it))
        }
        Need::Platform if known.platform.is_none() => {
            spread(targets, platforms, |target, it| target.platform = Some(it.clone()))
        }
        Need::Day if known.day.is_none() => {
            spread(targets, &[Day::Install, Day::Running], |target, it| target.day = Some(*it))
        }
        _ => targets,
    })
}

/// Each target with each of the values, worked out as they are asked for.
fn spread<'t, T>(
    targets: Box<dyn Iterator<Item = Target> + 't>,
    values: &'t [T],
    set: fn(&mut Target, &T),
) -> Box<dyn Iterator<Item = Target> + 't> {
    let with = move |target: &Target, value: &T| {
        let mut target = target.clone();
        set(&mut target, value);
        target
    };
    Box::new(targets.flat_map(move |target| values.iter().map(move |value| with(&target, value))))
}

/// The platforms for which the table of owned paths has entries, and one that has none.
pub(super) fn platforms<'t>(tables: &'t Value) -> Vec<String> {
    let members =
        |value: &'t Value| value.as_object().into_iter().flat_map(serde_json::Map::values);
    let paths = tables.get("owned_paths").into_iter().flat_map(members).flat_map(members);
    let owners = paths.filter_map(Value::as_array).flatten();
    let named = owners.filter_map(|owner| owner.get("platforms")?.as_array());
    let mut platforms: BTreeSet<String> =
        named.flatten().filter_map(Value::as_str).map(ToOwned::to_owned).collect();
    platforms.insert("none".to_owned());
    platforms.into_iter().collect()
}

impl Turn {
    /// Adds the result for one target.
    pub(super) fn add(&mut self, target: Target, result: Result<Vec<RawFinding>, EvaluationError>) {
        self.results.push((target, result));
    }

    /// Whether it could not be evaluated for a target, so that no other target matters any more.
    pub(super) fn failed(&self) -> bool {
        self.results.iter().any(|(_, result)| result.is_err())
    }

    /// One outcome for all is the outcome; otherwise it is inconclusive, and where it turns is the
    /// reason. An error for any target is inconclusive too.
    pub(super) fn settle(self, known: &Target) -> Settled {
        let mut judged = Vec::with_capacity(self.results.len());
        for (target, result) in self.results {
            match result {
                Ok(findings) => judged.push((target, findings)),
                Err(error) => return Settled::unanswered(error.to_string()),
            }
        }
        let refused = judged.iter().filter(|(_, findings)| !findings.is_empty()).count();
        if refused == 0 {
            return Settled::answered(Vec::new());
        }
        if refused < judged.len() {
            let doubt = Doubt::turns(judged.iter().flat_map(|(_, findings)| findings));
            let reason = Some(reason(known, &judged));
            return Settled { reason, doubt, ..Settled::unanswered(String::new()) };
        }
        // Refused for every target: the newest release speaks for all.
        Settled::answered(judged.pop().map(|(_, findings)| findings).unwrap_or_default())
    }
}

impl Settled {
    /// What a rule found, or that it found nothing.
    pub(super) fn answered(findings: Vec<RawFinding>) -> Self {
        let status = if findings.is_empty() { Status::Pass } else { Status::Fail };
        Self { status, reason: None, doubt: Doubt::default(), findings }
    }

    /// Why it says nothing.
    pub(super) fn unanswered(reason: String) -> Self {
        Self {
            status: Status::Inconclusive,
            reason: Some(reason),
            doubt: Doubt::default(),
            findings: Vec::new(),
        }
    }
}

type Judged = [(Target, Vec<RawFinding>)];

/// `kernelType … (allowed for …, refused for …): give …`
fn reason(known: &Target, judged: &Judged) -> String {
    let open: Vec<&Dimension> = DIMENSIONS
        .iter()
        .filter(|dimension| (dimension.of)(known).is_none() && matters(dimension, judged))
        .collect();
    let message = judged.iter().rev().find_map(|(_, findings)| findings.first());
    let message = message.map(|finding| finding.message.as_str()).unwrap_or_default();
    let flags: Vec<_> = open.iter().map(|dimension| format!("`{}`", dimension.flag)).collect();
    let turns = match open.as_slice() {
        [only] => describe(only, judged),
        several => {
            let names: Vec<_> = several.iter().map(|dimension| dimension.name).collect();
            format!("depends on {}", names.join(", "))
        }
    };
    format!("{message} ({turns}): give {}", flags.join(" and "))
}

/// Whether two targets that differ in this dimension alone are judged differently.
fn matters(dimension: &Dimension, judged: &Judged) -> bool {
    let others = |target: &Target| -> Vec<Option<String>> {
        DIMENSIONS
            .iter()
            .filter(|other| other.name != dimension.name)
            .map(|other| (other.of)(target))
            .collect()
    };
    let mut allowed = BTreeMap::new();
    judged.iter().any(|(target, findings)| {
        let first = *allowed.entry(others(target)).or_insert(findings.is_empty());
        first != findings.is_empty()
    })
}

/// `allowed up to 4.21, refused from 4.22`, or the values of each side.
fn describe(dimension: &Dimension, judged: &Judged) -> String {
    let mut runs: Vec<(bool, Vec<String>)> = Vec::new();
    for (target, findings) in judged {
        let Some(value) = (dimension.of)(target) else { continue };
        match runs.last_mut() {
            Some((refused, values)) if *refused != findings.is_empty() => values.push(value),
            _ => runs.push((!findings.is_empty(), vec![value])),
        }
    }
    let word = |refused: bool| if refused { "refused" } else { "allowed" };
    if let ("release", [(first, before), (second, after)]) = (dimension.name, runs.as_slice())
        && let (Some(last), Some(next)) = (before.last(), after.first())
    {
        return format!("{} up to {last}, {} from {next}", word(*first), word(*second));
    }
    let sides = runs.iter().map(|(refused, values)| {
        let range = match (values.as_slice(), dimension.name) {
            ([first, .., last], "release") => format!("{first} to {last}"),
            (values, _) => values.join(", "),
        };
        format!("{} for {range}", word(*refused))
    });
    sides.collect::<Vec<_>>().join(", ")
}
