//! What is worth an Event: a fault that is new, or worse than it was.
//!
//! Owns what of a finding an Event says: the rule and how many, never what an object holds. Must not
//! know how an Event is written.

use std::collections::BTreeMap;

use rollgate_engine::report::{Level, Report, Severity};
use rollgate_sources::cluster::{Notice, NoticeObject, ObjectKey, Objects};
use serde::Deserialize;

/// How many Events one audit makes; a new policy may find something in every object.
const MAX_NOTICES: usize = 25;

/// How serious what a rule finds in an object is, and how often it finds it.
pub(super) type Known = BTreeMap<(String, String), (Severity, usize)>;

/// What is found, by object and rule.
pub(super) fn known(report: &Report) -> Known {
    let mut known = Known::new();
    for finding in report.findings.iter().filter(|finding| finding.level == Level::Deny) {
        let object = finding.at.object_id().split('~').next().unwrap_or_default();
        let (severity, count) =
            known.entry((object.to_owned(), finding.rule.clone())).or_insert((finding.severity, 0));
        *severity = finding.severity.max(*severity);
        *count += 1;
    }
    known
}

/// What is to be told, the worst first.
pub(super) fn notices(
    before: &Known,
    now: &Known,
    report: &Report,
    objects: &Objects,
) -> Vec<Notice> {
    let is_news = |(key, found): &(&(String, String), &(Severity, usize))| {
        before.get(*key).is_none_or(|was| *found > was)
    };
    let mut news: Vec<_> = now.iter().filter(is_news).collect();
    news.sort_by_key(|(key, (severity, _))| (std::cmp::Reverse(*severity), *key));
    let told = news.into_iter().filter_map(|((object, rule), (severity, count))| {
        let title = report.rules.iter().find(|info| info.code == *rule);
        let title = title.map(|info| info.title.as_str()).unwrap_or_default();
        let times = if *count == 1 { String::new() } else { format!(", {count} times") };
        Some(Notice {
            object: notice_object(object, objects)?,
            reason: "PolicyViolation".to_owned(),
            action: rule.clone(),
            note: format!("{severity}: {title}{times} (`{rule}`)"),
        })
    });
    told.take(MAX_NOTICES).collect()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Header {
    api_version: String,
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Metadata {
    uid: Option<String>,
}

/// The object, if the cluster has it; a pool may be known from role labels only.
fn notice_object(id: &str, objects: &Objects) -> Option<NoticeObject> {
    let (kind, name) = id.split_once('/')?;
    let key = ObjectKey { kind: kind.to_owned(), namespace: None, name: name.to_owned() };
    let header: Header = serde_json::from_slice(objects.objects.get(&key)?.bytes()).ok()?;
    let uid = header.metadata.uid;
    Some(NoticeObject { api_version: header.api_version, kind: key.kind, name: key.name, uid })
}
