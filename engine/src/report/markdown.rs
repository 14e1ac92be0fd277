//! Markdown, as a summary of a job or a comment on a pull request.
//!
//! Owns the page and GitHub's limit on it. Must not decide. Texts from inputs stand in it as they
//! are: nothing of them is markup, a link or a mention.
//!
//! `| **high** | [rule] | 99-worker.yaml:8 | kernel argument … |`

pub(crate) mod escape;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::configured::Entry;
use super::model::{Finding, Level, Report, Status};
use super::wording::{counted, cropped, phrase, some_of};
use super::{configured, scope, summary};
pub(super) use escape::{code, plain, prose};

/// How many bytes a page has at most. GitHub takes 1 MiB of all summaries of a step
/// (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>), and a
/// page of a tenth of that is more than anybody reads.
const BYTES: usize = 100_000;

/// How many of them findings and gaps may take, so that there is room for the configuration: what lets
/// findings pass is not hidden by findings.
const BYTES_OF_FINDINGS: usize = 60_000;

/// How many characters of one text are shown in a cell.
const CHARACTERS: usize = 400;

/// The report as Markdown.
pub fn markdown(report: &Report) -> String {
    let mut page = Page::new(&format!("rollgate: {}", report.verdict));
    page.limit = BYTES_OF_FINDINGS;
    page.line(&prose(&summary::sentence(report)));
    for note in scope::notes(report) {
        page.line("");
        page.line(&prose(&note));
    }
    page.findings(report);
    page.remedies(report);
    page.list(
        "Not judged",
        report.unjudged.iter().map(|unjudged| {
            let place = unjudged.place.as_ref();
            let place = place.map_or_else(|| unjudged.name.clone(), ToString::to_string);
            format!("{}: {} ({})", code(&place), prose(&unjudged.message), prose(&unjudged.help))
        }),
    );
    page.list("Inconclusive", inconclusive(report));
    page.list("Known by the baseline", scope::known(report).map(|line| plain(&line)));
    page.limit = BYTES;
    for part in configured::parts(report) {
        page.list(&capitalized(part.kind.title()), part.entries.iter().map(entry));
    }
    page.list(
        "Passed over, as rollgate judges no such kind",
        report.passed_over.iter().map(|one| plain(&counted(one.count, &one.kind))),
    );
    page.line("");
    page.line(&format!(
        "<sub>rollgate {}, policies {}, as of {}</sub>",
        plain(&report.tool.version),
        code(report.tool.policies.get(..19).unwrap_or(&report.tool.policies)),
        plain(&report.date),
    ));
    page.into_text()
}

/// The page so far.
pub(super) struct Page {
    text: String,
    /// How many bytes it may have so far.
    limit: usize,
}

impl Page {
    /// A page with a title.
    pub(super) fn new(title: &str) -> Self {
        Self { text: format!("## {title}\n\n"), limit: BYTES }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Whether there is room for more.
    const fn is_full(&self) -> bool {
        self.text.len() >= self.limit
    }

    fn findings(&mut self, report: &Report) {
        let mut findings: Vec<&Finding> =
            report.findings.iter().filter(|finding| finding.level >= Level::Warn).collect();
        if findings.is_empty() {
            return;
        }
        findings.sort_by_key(|finding| Reverse((finding.level, finding.severity)));
        self.line("");
        self.table(&findings);
    }

    /// Findings as the rows of a table.
    pub(super) fn table(&mut self, findings: &[&Finding]) {
        self.line("| | Severity | Rule | Place | Finding |");
        self.line("|---|---|---|---|---|");
        let mut shown = 0;
        for finding in findings {
            if self.is_full() {
                break;
            }
            self.line(&row(finding));
            shown += 1;
        }
        self.not_shown(findings.len() - shown);
    }

    /// What to do, once for each rule.
    fn remedies(&mut self, report: &Report) {
        let found = report.findings.iter().filter(|finding| finding.level >= Level::Warn);
        let remedies: BTreeSet<(&str, &str)> =
            found.map(|finding| (finding.rule.as_str(), finding.help.as_str())).collect();
        let remedies = remedies.into_iter();
        self.list(
            "What to do",
            remedies.map(|(rule, help)| format!("{}: {}", code(rule), prose(&phrase(help)))),
        );
    }

    /// A section that a reader opens.
    pub(super) fn list(&mut self, title: &str, items: impl Iterator<Item = String>) {
        let items: Vec<String> = items.collect();
        if items.is_empty() {
            return;
        }
        let _ = write!(self.text, "\n<details><summary>{title} ({})</summary>\n\n", items.len());
        let mut shown = 0;
        for item in &items {
            if self.is_full() {
                break;
            }
            self.line(&format!("- {item}"));
            shown += 1;
        }
        self.not_shown(items.len() - shown);
        self.line("\n</details>");
    }

    fn not_shown(&mut self, count: usize) {
        if count > 0 {
            self.line(&format!(
                "\n{count} more are not shown: write the report as JSON to see all."
            ));
        }
    }
}

fn row(finding: &Finding) -> String {
    let level = match finding.level {
        Level::Deny => "❌ denies",
        Level::Warn => "⚠️ warns",
        Level::Known => "known",
        Level::Waived => "waived",
    };
    let place = match &finding.place {
        Some(place) => format!("{}:{}", place.name, place.line),
        None => finding.whereabouts(),
    };
    let pools = match finding.pools.len() {
        0 => String::new(),
        count => {
            let pools = some_of(finding.pools.iter().map(String::as_str));
            format!(" ({} {})", if count == 1 { "pool" } else { "pools" }, plain(&pools))
        }
    };
    format!(
        "| {level} | {} | {} | {} | {}{pools}{} |",
        finding.severity,
        code(&finding.rule),
        code(&place),
        prose(&cropped(&finding.message, CHARACTERS)),
        plain(&scope::after(finding)),
    )
}

/// Inconclusive outcomes by what is missing: one flag often decides many.
fn inconclusive(report: &Report) -> impl Iterator<Item = String> {
    let mut reasons: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let outcomes = report.outcomes.iter();
    for outcome in outcomes.filter(|outcome| outcome.status == Status::Inconclusive) {
        let reason = outcome.reason.as_deref().unwrap_or("no reason was given");
        reasons.entry(reason).or_default().insert(&outcome.rule);
    }
    reasons.into_iter().map(|(reason, rules)| {
        let rules: Vec<_> = rules.into_iter().map(code).collect();
        format!(
            "{}: {}",
            prose(&cropped(reason, CHARACTERS)),
            some_of(rules.iter().map(String::as_str))
        )
    })
}

/// `pool.paused-pool at rollgate.yaml:3:5: we pause pools on purpose`
fn entry(entry: &Entry<'_>) -> String {
    let place = entry.place.map(|place| format!(" at {}", code(&place.to_string())));
    let (what, why) = (cropped(&entry.what, CHARACTERS), cropped(&entry.why, CHARACTERS));
    format!("{}{}: {}", plain(&what), place.unwrap_or_default(), prose(&why))
}

fn capitalized(title: &str) -> String {
    let (first, rest) = title.split_at(title.chars().next().map_or(0, char::len_utf8));
    first.to_uppercase() + rest
}
