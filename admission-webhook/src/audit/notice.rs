//! What is worth an Event: a fault that is new, or worse than it was.
//!
//! Owns what of a finding an Event says: the rule and how many, never what an object holds. Must not
//! know how an Event is written.

use std::collections::BTreeMap;

use rollgate_engine::report::{Level, Report, Severity};
use rollgate_sources::cluster::{Notice, NoticeObject, ObjectKey, Objects};
use serde::Deserialize;

/// How many Events one audit makes; a new policy may find something in every object. The next audit
/// tells the rest.
const MAX_NOTICES: usize = 25;

/// An object, as findings name it, and a rule that finds something in it.
pub(super) type Key = (String, String);

/// How serious it is, and how often it is found.
pub(super) type Fault = (Severity, usize);

/// What is found.
pub(super) type Known = BTreeMap<Key, Fault>;

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

/// Forgets what is found no longer, and how bad the rest was when it was worse.
pub(super) fn forget(known: &mut Known, now: &Known) {
    known.retain(|key, was| {
        let found = now.get(key);
        *was = found.map_or(*was, |found| (*was).min(*found));
        found.is_some()
    });
}

/// What is to be told, the worst first. There is nobody to tell of an object that the cluster does not
/// have: a pool may be known from role labels only.
pub(super) fn notices<'a>(
    before: &Known,
    now: &'a Known,
    report: &Report,
    objects: &Objects,
) -> Vec<(&'a Key, Fault, Option<Notice>)> {
    let is_news = |(key, found): &(&Key, &Fault)| before.get(*key).is_none_or(|was| *found > was);
    let mut news: Vec<_> = now.iter().filter(is_news).collect();
    news.sort_by_key(|(key, (severity, _))| (std::cmp::Reverse(*severity), *key));
    let told = news
        .into_iter()
        .take(MAX_NOTICES)
        .map(|(key, fault)| (key, *fault, notice(key, *fault, report, objects)));
    told.collect()
}

fn notice(
    (object, rule): &Key,
    (severity, count): Fault,
    report: &Report,
    objects: &Objects,
) -> Option<Notice> {
    let title = report.rules.iter().find(|info| info.code == *rule);
    let title = title.map(|info| info.title.as_str()).unwrap_or_default();
    let times = if count == 1 { String::new() } else { format!(", {count} times") };
    Some(Notice {
        object: notice_object(object, objects)?,
        reason: "PolicyViolation".to_owned(),
        action: rule.clone(),
        note: format!("{severity}: {title}{times} (`{rule}`)"),
    })
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

/// The object, if the cluster has it.
fn notice_object(id: &str, objects: &Objects) -> Option<NoticeObject> {
    let (kind, name) = id.split_once('/')?;
    let key = ObjectKey { kind: kind.to_owned(), namespace: None, name: name.to_owned() };
    let header: Header = serde_json::from_slice(objects.objects.get(&key)?.bytes()).ok()?;
    let uid = header.metadata.uid;
    Some(NoticeObject { api_version: header.api_version, kind: key.kind, name: key.name, uid })
}
