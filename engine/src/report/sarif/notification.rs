//! What was not decided, and what the configuration makes of the run, as notifications.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{location, text};
use crate::report::configured::{self, Kind, Part};
use crate::report::wording::some_of;
use crate::report::{Report, Repository, Status, Unjudged};

/// How many of one kind are written: nobody reads more, and results need the room.
const NOTIFICATIONS: usize = 1_000;

/// Waivers, rules that are switched off, changed severities and what is ignored, each with its place.
pub(super) fn configuration(report: &Report, repository: &Repository) -> Vec<Value> {
    let parts = configured::parts(report).filter(|part| part.kind != Kind::Parameters);
    let notifications = parts.flat_map(|Part { kind, entries }| {
        entries.into_iter().map(move |entry| {
            let message = format!("{}: {}: {}", kind.title(), entry.what, entry.why);
            let locations = entry.place.map(|place| location::location(repository, place, None));
            json!({
                "level": "note",
                "message": text(&message),
                "locations": locations.into_iter().collect::<Vec<_>>(),
            })
        })
    });
    notifications.collect()
}

/// Inputs that could not be judged, inconclusive outcomes by rule and reason, and results left out.
pub(super) fn notifications(
    report: &Report,
    repository: &Repository,
    left_out: usize,
) -> Vec<Value> {
    let too_many = (left_out > 0).then(|| {
        let what = format!(
            "{left_out} results, the least severe, are left out: the file holds what GitHub takes"
        );
        json!({ "level": "warning", "message": text(&what) })
    });
    let unjudged = report.unjudged.iter().map(|gap| unjudged(repository, gap)).collect();
    let gaps = some(unjudged).into_iter().chain(some(inconclusive(report)));
    too_many.into_iter().chain(gaps).collect()
}

/// The first of them, and how many more there are.
fn some(mut notifications: Vec<Value>) -> Vec<Value> {
    let more = notifications.len().saturating_sub(NOTIFICATIONS);
    notifications.truncate(NOTIFICATIONS);
    if more > 0 {
        let what = format!("{more} more could not be judged: the JSON report lists them");
        notifications.push(json!({ "level": "error", "message": text(&what) }));
    }
    notifications
}

fn unjudged(repository: &Repository, unjudged: &Unjudged) -> Value {
    let place = unjudged.place.clone().unwrap_or_else(|| location::start_of(&unjudged.name));
    json!({
        "level": "error",
        "message": text(&format!("not judged: {} ({})", unjudged.message, unjudged.help)),
        "locations": [location::location(repository, &place, None)],
    })
}

fn inconclusive(report: &Report) -> Vec<Value> {
    let mut subjects: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for outcome in &report.outcomes {
        if outcome.status == Status::Inconclusive {
            let reason = outcome.reason.as_deref().unwrap_or("no reason was given");
            subjects.entry((&outcome.rule, reason)).or_default().push(&outcome.subject);
        }
    }
    let notification = |((rule, reason), subjects): ((&str, &str), Vec<&str>)| {
        let subjects = some_of(subjects.into_iter());
        json!({
            "level": "warning",
            "message": text(&format!("inconclusive on {subjects}: {reason}")),
            "associatedRule": { "id": rule },
        })
    };
    subjects.into_iter().map(notification).collect()
}
