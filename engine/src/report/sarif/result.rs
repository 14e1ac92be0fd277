//! Findings as SARIF results.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{location, text};
use crate::report::{Finding, Level, Report, Waived};

/// How many related places GitHub takes of a result.
const RELATED: usize = 1_000;

/// How many subjects are written: one finding may be shared by every pool of a large fleet.
const SUBJECTS: usize = 100;

/// The results: all, or as many as are allowed, the most severe of them, in the report's order.
pub(super) fn most_severe(report: &Report, allowed: usize) -> Vec<Value> {
    let mut kept: Vec<(usize, &Finding)> = report.findings.iter().enumerate().collect();
    if kept.len() > allowed {
        kept.sort_by_key(|(index, finding)| (Reverse((finding.level, finding.severity)), *index));
        kept.truncate(allowed);
        kept.sort_by_key(|(index, _)| *index);
    }
    let rules = report.rules.iter().enumerate();
    let indexes: BTreeMap<&str, usize> =
        rules.map(|(index, rule)| (rule.code.as_str(), index)).collect();
    kept.into_iter().map(|(_, finding)| result(report, finding, &indexes)).collect()
}

fn result(report: &Report, finding: &Finding, rules: &BTreeMap<&str, usize>) -> Value {
    let mut result = Map::new();
    let mut set = |name: &str, value: Value| {
        result.insert(name.to_owned(), value);
    };
    set("ruleId", json!(finding.rule));
    if let Some(index) = rules.get(finding.rule.as_str()) {
        set("ruleIndex", json!(index));
    }
    set("level", json!(level(finding.level)));
    set("message", message(finding));
    // GitHub takes no result without a place.
    let first_input = || report.inputs.first().map(|input| location::start_of(&input.name));
    let place = finding.place.clone().or_else(first_input);
    if let Some(place) = place {
        set("locations", json!([location::location(&place, Some(&finding.at))]));
    }
    let related = related(finding);
    if !related.is_empty() {
        set("relatedLocations", related.into());
    }
    // GitHub goes by the name that its own action would compute where it is missing.
    set(
        "partialFingerprints",
        json!({
            "rollgate/v1": finding.fingerprint,
            "primaryLocationLineHash": finding.fingerprint,
        }),
    );
    if let Some(waived) = &finding.waived {
        set("suppressions", json!([suppression(waived)]));
    }
    if report.baseline.is_some() {
        let known = finding.level == Level::Known;
        set("baselineState", json!(if known { "unchanged" } else { "new" }));
    }
    set("properties", properties(finding));
    result.into()
}

fn properties(finding: &Finding) -> Value {
    let subjects: Vec<&String> = finding.subjects.iter().take(SUBJECTS).collect();
    let mut properties = json!({ "severity": finding.severity, "subjects": subjects });
    if let (false, Some(fields)) = (finding.releases.is_empty(), properties.as_object_mut()) {
        fields.insert("releases".to_owned(), json!(finding.releases));
        fields.insert("onlyAfterUpgrade".to_owned(), json!(finding.only_after_upgrade));
    }
    properties
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Waived | Level::Known => "note",
    }
}

fn message(finding: &Finding) -> Value {
    match finding.pools.as_slice() {
        [] => text(&finding.message),
        [pool] => text(&format!("{} (reaches pool {pool})", finding.message)),
        pools => text(&format!("{} (reaches pools {})", finding.message, pools.join(", "))),
    }
}

fn related(finding: &Finding) -> Vec<Value> {
    let places = finding.related.iter().filter_map(|one| Some((one, one.place.as_ref()?)));
    let locations = places.take(RELATED).enumerate().map(|(id, (related, place))| {
        let mut location = location::location(place, Some(&related.at));
        if let Some(fields) = location.as_object_mut() {
            fields.insert("id".to_owned(), json!(id));
            fields.insert("message".to_owned(), text(&related.label));
        }
        location
    });
    locations.collect()
}

fn suppression(waived: &Waived) -> Value {
    let mut suppression = json!({
        "kind": "external",
        "status": "accepted",
        "justification": format!("{} ({}, until {})", waived.reason, waived.owner, waived.until),
    });
    if let (Some(place), Some(fields)) = (&waived.place, suppression.as_object_mut()) {
        fields.insert("location".to_owned(), location::location(place, None));
    }
    suppression
}
