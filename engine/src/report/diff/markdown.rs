//! The difference of two reports as Markdown, for a comment on a pull request.
//!
//! Texts from the reports stand in it as they are: nothing of them is markup, a link or a mention.

use super::{Changed, Diff, human};
use crate::report::markdown::{Page, code, plain, prose};
use crate::report::model::{Finding, Outcome, Unjudged};

/// The difference as Markdown.
pub fn markdown(diff: &Diff) -> String {
    let mut page = Page::new(&format!("rollgate diff: {}", diff.verdict));
    page.line(&prose(&human::sentence(diff)));
    let findings = &diff.findings;
    if !findings.new.is_empty() {
        page.line("\n### New\n");
        page.table(&findings.new.iter().collect::<Vec<_>>());
    }
    page.list("Changed", findings.changed.iter().map(changed));
    page.list("Gone", findings.gone.iter().map(gone));
    page.list("Inconclusive now", diff.inconclusive.new.iter().map(outcome));
    page.list("Decided now", diff.inconclusive.gone.iter().map(outcome));
    page.list("Not judged now", diff.unjudged.new.iter().map(unjudged));
    page.list("Judged now, or gone", diff.unjudged.gone.iter().map(unjudged));
    page.into_text()
}

fn changed(changed: &Changed) -> String {
    format!("{}: {}", gone(&changed.new), plain(&human::weight(changed)))
}

fn gone(finding: &Finding) -> String {
    let place = finding.whereabouts();
    format!("{} at {}: {}", code(&finding.rule), code(&place), prose(&finding.message))
}

fn outcome(outcome: &Outcome) -> String {
    let reason = outcome.reason.as_deref().unwrap_or("no reason was given");
    format!("{} on {}: {}", code(&outcome.rule), code(&outcome.subject), prose(reason))
}

fn unjudged(unjudged: &Unjudged) -> String {
    format!("{}: {}", code(&unjudged.name), prose(&unjudged.message))
}
