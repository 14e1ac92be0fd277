//! What was not decided, as notifications of the run.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{location, text};
use crate::report::wording::some_of;
use crate::report::{Report, Status, Unjudged};

/// Inputs that could not be judged, inconclusive outcomes by rule and reason, and results left out.
pub(super) fn notifications(report: &Report, left_out: usize) -> Vec<Value> {
    let too_many = (left_out > 0).then(|| {
        let what = format!(
            "{left_out} results, the least severe, are left out: the file holds what GitHub takes"
        );
        json!({ "level": "warning", "message": text(&what) })
    });
    let unjudged = report.unjudged.iter().map(unjudged);
    too_many.into_iter().chain(unjudged).chain(inconclusive(report)).collect()
}

fn unjudged(unjudged: &Unjudged) -> Value {
    let place = unjudged.place.clone().unwrap_or_else(|| location::start_of(&unjudged.name));
    json!({
        "level": "error",
        "message": text(&format!("not judged: {} ({})", unjudged.message, unjudged.help)),
        "locations": [location::location(&place, None)],
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
