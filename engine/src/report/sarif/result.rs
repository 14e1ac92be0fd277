//! Findings as SARIF results.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rollgate_facts::Locator;
use serde_json::{Map, Value, json};

use super::{location, text};
use crate::report::{Finding, Level, Place, Report, Repository, Waived};

/// How many related places GitHub takes of a result.
const RELATED: usize = 1_000;

/// How many subjects are written: one finding may be shared by every pool of a large fleet.
const SUBJECTS: usize = 100;

/// The results: all, or as many as are allowed, the most severe of them, in the report's order.
pub(super) fn most_severe(report: &Report, repository: &Repository, allowed: usize) -> Vec<Value> {
    let mut kept: Vec<(usize, &Finding)> = report.findings.iter().enumerate().collect();
    if kept.len() > allowed {
        kept.sort_by_key(|(index, finding)| (Reverse((finding.level, finding.severity)), *index));
        kept.truncate(allowed);
        kept.sort_by_key(|(index, _)| *index);
    }
    let rules = report.rules.iter().enumerate();
    let rules = rules.map(|(index, rule)| (rule.code.as_str(), index)).collect();
    let writer = Writer { report, repository, rules };
    kept.into_iter().map(|(_, finding)| writer.result(finding)).collect()
}

/// What every result needs to know.
struct Writer<'r> {
    report: &'r Report,
    repository: &'r Repository,
    /// The index of each rule.
    rules: BTreeMap<&'r str, usize>,
}

impl Writer<'_> {
    fn result(&self, finding: &Finding) -> Value {
        let report = self.report;
        let mut result = Map::new();
        let mut set = |name: &str, value: Value| {
            result.insert(name.to_owned(), value);
        };
        set("ruleId", json!(finding.rule));
        if let Some(index) = self.rules.get(finding.rule.as_str()) {
            set("ruleIndex", json!(index));
        }
        set("level", json!(level(finding.level)));
        set("message", message(finding));
        // GitHub takes no result without a place.
        let first_input = || report.inputs.first().map(|input| location::start_of(&input.name));
        let place = finding.place.clone().or_else(first_input);
        if let Some(place) = place {
            set("locations", json!([self.location(&place, Some(&finding.at))]));
        }
        let related = self.related(finding);
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
            set("suppressions", json!([self.suppression(waived)]));
        }
        if report.baseline.is_some() {
            let known = finding.level == Level::Known;
            set("baselineState", json!(if known { "unchanged" } else { "new" }));
        }
        set("properties", properties(finding));
        result.into()
    }

    fn related(&self, finding: &Finding) -> Vec<Value> {
        let places = finding.related.iter().filter_map(|one| Some((one, one.place.as_ref()?)));
        let locations = places.take(RELATED).enumerate().map(|(id, (related, place))| {
            let mut location = self.location(place, Some(&related.at));
            if let Some(fields) = location.as_object_mut() {
                fields.insert("id".to_owned(), json!(id));
                fields.insert("message".to_owned(), text(&related.label));
            }
            location
        });
        locations.collect()
    }

    fn suppression(&self, waived: &Waived) -> Value {
        let mut suppression = json!({
            "kind": "external",
            "status": "accepted",
            "justification": format!("{} ({}, until {})", waived.reason, waived.owner, waived.until),
        });
        if let (Some(place), Some(fields)) = (&waived.place, suppression.as_object_mut()) {
            fields.insert("location".to_owned(), self.location(place, None));
        }
        suppression
    }

    fn location(&self, place: &Place, at: Option<&Locator>) -> Value {
        location::location(self.repository, place, at)
    }
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
