//! Policy reports: what the rules say of each pool of a cluster, as OpenReports has it.
//!
//! Owns the shape of a `ClusterReport` of `openreports.io/v1alpha1`, its names and its limits. Must not
//! know how it is written. Two runs with the same outcomes give the same reports, so that only what
//! changed is written: nothing in them tells the time.
//! See <https://openreports.io>; `ClusterReport` in `apis/openreports.io/v1alpha1`.

use std::collections::{BTreeMap, BTreeSet};

use rollgate_facts::ObjectId;
use serde_json::{Value, json};

use super::wording::cropped;
use super::{Finding, Level, Outcome, Report, Severity, Status, clean};

/// `apiVersion` of what is written.
pub const POLICY_REPORT_API_VERSION: &str = "openreports.io/v1alpha1";

/// `kind` of what is written.
pub const POLICY_REPORT_KIND: &str = "ClusterReport";

/// The label by which rollgate knows its own reports.
pub const POLICY_REPORT_LABEL: (&str, &str) = ("app.kubernetes.io/managed-by", "rollgate");

/// How many results a report lists; the summary counts all. With messages cropped, a report stays
/// below half of what etcd stores in one object.
const MAX_RESULTS: usize = 1_000;

/// How many characters of a message are kept.
const MESSAGE: usize = 300;

/// One report for each of these pools, and one for what reaches no pool.
pub fn policy_reports(report: &Report, pools: &BTreeSet<String>) -> Vec<Value> {
    let severities = report.rules.iter().map(|rule| (rule.code.as_str(), rule.severity)).collect();
    let of = |pool| Reported { report, severities: &severities, pool }.report();
    std::iter::once(None).chain(pools.iter().map(|pool| Some(pool.as_str()))).map(of).collect()
}

/// What is reported of one pool, or of what reaches none.
struct Reported<'a> {
    report: &'a Report,
    severities: &'a BTreeMap<&'a str, Severity>,
    pool: Option<&'a str>,
}

/// How a result reads, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    Fail,
    Error,
    Warn,
    Skip,
    Pass,
}

/// A result, in the order in which results stand.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Line<'a> {
    said: Said,
    rule: &'a str,
    subject: &'a str,
    message: String,
    fingerprint: &'a str,
}

impl<'a> Reported<'a> {
    fn report(&self) -> Value {
        let mut lines: Vec<Line<'a>> = self.outcomes().chain(self.findings()).collect();
        lines.extend(self.unjudged());
        lines.sort();
        let count = |said| lines.iter().filter(|line| line.said == said).count();
        let summary = json!({
            "pass": count(Said::Pass), "fail": count(Said::Fail), "warn": count(Said::Warn),
            "error": count(Said::Error), "skip": count(Said::Skip),
        });
        let results: Vec<_> =
            lines.iter().take(MAX_RESULTS).map(|line| self.result(line)).collect();
        let (key, value) = POLICY_REPORT_LABEL;
        let name =
            self.pool.map_or("rollgate-cluster".to_owned(), |pool| format!("rollgate-pool-{pool}"));
        let mut report = json!({
            "apiVersion": POLICY_REPORT_API_VERSION,
            "kind": POLICY_REPORT_KIND,
            "metadata": {"name": name, "labels": {key: value}},
            "source": "rollgate",
            "configuration": {"limits": {"maxResults": MAX_RESULTS}},
            "summary": summary,
            "results": results,
        });
        if let (Some(pool), Some(fields)) = (self.pool, report.as_object_mut()) {
            fields.insert("scope".to_owned(), reference("MachineConfigPool", pool));
        }
        report
    }

    /// What each rule said of the pool itself, where that is no finding.
    fn outcomes(&self) -> impl Iterator<Item = Line<'a>> {
        let pool = self.pool.map(|pool| ObjectId::new("MachineConfigPool", None, pool, 1));
        let of_pool = move |outcome: &&Outcome| match &pool {
            Some(pool) => outcome.subject == pool.as_str(),
            // Of a single object it is told what is wrong with it, and no more.
            None => {
                outcome.status == Status::Inconclusive
                    && !outcome.subject.starts_with("MachineConfigPool/")
            }
        };
        self.report.outcomes.iter().filter(of_pool).filter_map(|outcome| {
            let said = match outcome.status {
                Status::Pass => Said::Pass,
                Status::Inconclusive => Said::Error,
                Status::NotApplicable => Said::Skip,
                // Their findings are told one by one.
                Status::Fail
                | Status::Warn
                | Status::Waived
                | Status::Known
                | Status::Unchanged => {
                    return None;
                }
            };
            let message = outcome.reason.as_deref().unwrap_or_default();
            Some(Line {
                said,
                rule: &outcome.rule,
                subject: &outcome.subject,
                message: text(message),
                fingerprint: "",
            })
        })
    }

    fn findings(&self) -> impl Iterator<Item = Line<'a>> {
        let pool = self.pool;
        let here = move |finding: &&Finding| match pool {
            Some(pool) => finding.pools.iter().any(|reached| reached == pool),
            None => finding.pools.is_empty(),
        };
        self.report.findings.iter().filter(here).map(|finding| {
            let said = match finding.level {
                Level::Deny => Said::Fail,
                Level::Warn => Said::Warn,
                Level::Waived | Level::Known => Said::Skip,
            };
            let waived = finding.waived.as_ref();
            let waived = waived.map(|waived| format!(" (waived until {})", waived.until));
            Line {
                said,
                rule: &finding.rule,
                subject: finding.at.object_id(),
                message: text(&finding.message) + &waived.unwrap_or_default(),
                fingerprint: &finding.fingerprint,
            }
        })
    }

    /// What could not be judged at all may belong to any pool; it is told once.
    fn unjudged(&self) -> impl Iterator<Item = Line<'a>> {
        let gaps = self.report.unjudged.iter().filter(|_| self.pool.is_none());
        gaps.map(|gap| Line {
            said: Said::Error,
            rule: "unjudged",
            subject: "",
            message: text(&format!("`{}`: {}", gap.name, gap.message)),
            fingerprint: "",
        })
    }

    fn result(&self, line: &Line<'_>) -> Value {
        let category = line.rule.split_once('.').map_or("input", |(category, _)| category);
        let mut result = json!({
            "policy": line.rule,
            "category": category,
            "result": line.said.name(),
            "scored": line.said != Said::Warn,
        });
        let Some(fields) = result.as_object_mut() else { return result };
        let mut put = |key: &str, value: Value| fields.insert(key.to_owned(), value);
        if let Some(severity) = self.severities.get(line.rule) {
            put("severity", severity.name().into());
        }
        if !line.message.is_empty() {
            put("message", line.message.as_str().into());
        }
        if !line.fingerprint.is_empty() {
            put("properties", json!({"fingerprint": line.fingerprint}));
        }
        // The scope says which pool it is.
        if let Some((kind, name)) = line.subject.split_once('/')
            && (self.pool.is_none() || kind != "MachineConfigPool")
        {
            put("resources", json!([reference(kind, name)]));
        }
        result
    }
}

impl Said {
    const fn name(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Skip => "skip",
            Self::Pass => "pass",
        }
    }
}

/// An object as reports refer to it: `<namespace>/<name>` is told apart, as is a number of namesakes.
fn reference(kind: &str, name: &str) -> Value {
    let name = name.split('~').next().unwrap_or_default();
    let known = crate::extract::KINDS.iter().find(|known| known.name == kind);
    let api_version = known.map(crate::extract::Kind::api_version).unwrap_or_default();
    match name.split_once('/') {
        Some((namespace, name)) => {
            json!({"apiVersion": api_version, "kind": kind, "namespace": namespace, "name": name})
        }
        None => json!({"apiVersion": api_version, "kind": kind, "name": name}),
    }
}

fn text(text: &str) -> String {
    cropped(&clean(text), MESSAGE)
}
