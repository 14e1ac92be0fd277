//! The report for people: a diagnostic for each finding, then what was not decided, and the verdict.
//!
//! Owns the wording and order around the diagnostics. Must not decide: whatever it says stands in
//! the [`Report`]. With every option off, the text is plain ASCII but for what the inputs hold, and
//! each diagnostic names its place as `file:line:column`.

mod summary;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use miette::{GraphicalReportHandler, GraphicalTheme, Severity, ThemeCharacters, ThemeStyles};

use super::wording::{SHOWN, clean, counted, phrase, some_of};
use super::{Diagnostic, Finding, Level, Outcome, Place, Related, Report, Status, Unjudged};
use super::{configured, scope};

/// How the report for people looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HumanOptions {
    /// Whether to use colours.
    pub color: bool,
    /// Whether to draw with Unicode characters; else with ASCII.
    pub unicode: bool,
    /// The column at which text wraps.
    pub width: usize,
    /// How much to say.
    pub verbosity: Verbosity,
}

/// How much to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Findings that deny, and the verdict.
    Quiet,
    /// Everything that asks for attention.
    Normal,
    /// What passed as well.
    Verbose,
}

impl Default for HumanOptions {
    fn default() -> Self {
        Self { color: false, unicode: false, width: 100, verbosity: Verbosity::Normal }
    }
}

/// The narrowest text that can still be read.
const NARROWEST: usize = 40;

/// How many reasons for inconclusive outcomes are shown: a screenful, the most frequent first.
const REASONS: usize = 10;

/// The report for people.
pub fn human(report: &Report, options: &HumanOptions) -> String {
    let mut text = String::new();
    // Writing to a string does not fail, and miette fails only on a source that it cannot read.
    if (Printer { report, options, text: &mut text }).print().is_err() {
        text.push_str("(the rest could not be drawn)\n");
    }
    text.push_str(&summary::line(report, options));
    text
}

struct Printer<'a> {
    report: &'a Report,
    options: &'a HumanOptions,
    text: &'a mut String,
}

impl<'a> Printer<'a> {
    fn print(&mut self) -> fmt::Result {
        self.findings()?;
        if self.options.verbosity == Verbosity::Quiet {
            return Ok(());
        }
        self.unjudged()?;
        self.inconclusive()?;
        self.section("known by the baseline:", scope::known(self.report))?;
        for part in configured::parts(self.report) {
            let lines: Vec<_> = part.entries.iter().map(configured::Entry::line).collect();
            self.list(&format!("{}:", part.kind.title()), &lines, lines.len())?;
        }
        self.passed_over()?;
        for note in scope::notes(self.report) {
            writeln!(self.text, "{}\n", clean(&note))?;
        }
        if self.options.verbosity == Verbosity::Verbose {
            self.section("not applicable:", self.with_status(Status::NotApplicable).map(judged))?;
            self.section("passed:", self.with_status(Status::Pass).map(judged))?;
        }
        Ok(())
    }

    fn findings(&mut self) -> fmt::Result {
        let least = match self.options.verbosity {
            Verbosity::Quiet => Level::Deny,
            Verbosity::Normal | Verbosity::Verbose => Level::Warn,
        };
        let shown = self.report.findings.iter().filter(|finding| finding.level >= least);
        for finding in shown {
            self.diagnostic(&of_finding(finding, self.options.verbosity))?;
        }
        Ok(())
    }

    fn unjudged(&mut self) -> fmt::Result {
        for unjudged in &self.report.unjudged {
            self.diagnostic(&of_unjudged(unjudged))?;
        }
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic) -> fmt::Result {
        let theme = GraphicalTheme {
            characters: if self.options.unicode {
                ThemeCharacters::unicode()
            } else {
                ThemeCharacters::ascii()
            },
            styles: if self.options.color { ThemeStyles::ansi() } else { ThemeStyles::none() },
        };
        GraphicalReportHandler::new_themed(theme)
            .with_width(self.options.width.max(NARROWEST))
            .with_links(false)
            .render_report(self.text, diagnostic)?;
        self.text.push('\n');
        Ok(())
    }

    /// Inconclusive outcomes by what is missing: one flag often decides many.
    fn inconclusive(&mut self) -> fmt::Result {
        let mut by_reason: BTreeMap<&str, Vec<&Outcome>> = BTreeMap::new();
        for outcome in self.with_status(Status::Inconclusive) {
            let reason = outcome.reason.as_deref().unwrap_or("no reason was given");
            by_reason.entry(reason).or_default().push(outcome);
        }
        let mut reasons: Vec<_> = by_reason.into_iter().collect();
        reasons.sort_by_key(|(_, outcomes)| Reverse(outcomes.len()));
        let more = match self.options.verbosity {
            Verbosity::Quiet | Verbosity::Normal => reasons.len().saturating_sub(REASONS),
            Verbosity::Verbose => 0,
        };
        reasons.truncate(reasons.len() - more);
        for (reason, outcomes) in reasons {
            self.section(&format!("inconclusive: {reason}"), outcomes.into_iter().map(judged))?;
        }
        if more > 0 {
            writeln!(self.text, "inconclusive for {more} more reasons\n")?;
        }
        Ok(())
    }

    fn passed_over(&mut self) -> fmt::Result {
        let kinds = self.report.passed_over.iter();
        let kinds = kinds.map(|passed_over| counted(passed_over.count, &passed_over.kind));
        self.section("passed over, as rollgate judges no such kind:", kinds)
    }

    /// A title and a list: the first five, unless everything is asked for.
    fn section(&mut self, title: &str, items: impl Iterator<Item = String>) -> fmt::Result {
        let items: Vec<String> = items.collect();
        let shown = match self.options.verbosity {
            Verbosity::Quiet | Verbosity::Normal => SHOWN,
            Verbosity::Verbose => items.len(),
        };
        self.list(title, &items, shown)
    }

    fn list(&mut self, title: &str, items: &[String], shown: usize) -> fmt::Result {
        if items.is_empty() {
            return Ok(());
        }
        writeln!(self.text, "{}", clean(title))?;
        for item in items.iter().take(shown) {
            writeln!(self.text, "  {}", clean(item))?;
        }
        if let Some(more @ 1..) = items.len().checked_sub(shown) {
            writeln!(self.text, "  and {more} more")?;
        }
        self.text.push('\n');
        Ok(())
    }

    fn with_status(&self, status: Status) -> impl Iterator<Item = &'a Outcome> + use<'a> {
        self.report.outcomes.iter().filter(move |outcome| outcome.status == status)
    }
}

/// A finding. Its severity and subjects are told to those who want to know more.
fn of_finding(finding: &Finding, verbosity: Verbosity) -> Diagnostic {
    let subjects = some_of(finding.subjects.iter().map(String::as_str));
    let after = scope::after(finding);
    let code = match verbosity {
        Verbosity::Verbose => {
            format!("{} ({} on {subjects}){after}", finding.rule, finding.severity)
        }
        Verbosity::Quiet | Verbosity::Normal => format!("{}{after}", finding.rule),
    };
    let message = match &finding.place {
        Some(Place { excerpt: Some(_), .. }) => finding.message.clone(),
        _ => format!("{} (at {})", finding.message, finding.whereabouts()),
    };
    let help = match &finding.effective_on {
        Some(date) => format!("{} (denies from {date})", phrase(&finding.help)),
        None => phrase(&finding.help),
    };
    let severity = match finding.level {
        Level::Deny => Severity::Error,
        Level::Warn => Severity::Warning,
        Level::Waived | Level::Known => Severity::Advice,
    };
    let diagnostic = Diagnostic::new(&code, &message, &help).with_severity(severity);
    let own = finding.place.iter().map(|place| (place, label(finding)));
    own.chain(related(finding))
        .fold(diagnostic, |diagnostic, (place, label)| diagnostic.at(place, &label))
}

/// The first related places that can be shown, the last of them saying how many more there are.
fn related(finding: &Finding) -> impl Iterator<Item = (&Place, String)> {
    let placed = |related: &Related| related.place.is_some();
    let more = finding.related.iter().filter(|one| placed(one)).count().saturating_sub(SHOWN);
    let shown = finding.related.iter().filter_map(|one| Some((one.place.as_ref()?, &one.label)));
    shown.take(SHOWN).enumerate().map(move |(index, (place, label))| {
        let last = index + 1 == SHOWN && more > 0;
        (place, if last { format!("{label} (and {more} more)") } else { label.clone() })
    })
}

/// `set here, reaches pools worker and infra`
fn label(finding: &Finding) -> String {
    let pools = some_of(finding.pools.iter().map(String::as_str));
    match finding.pools.len() {
        0 => "here".to_owned(),
        1 => format!("set here, reaches pool {pools}"),
        _ => format!("set here, reaches pools {pools}"),
    }
}

/// An input that could not be judged.
fn of_unjudged(unjudged: &Unjudged) -> Diagnostic {
    let message = match &unjudged.place {
        Some(Place { excerpt: Some(_), .. }) => unjudged.message.clone(),
        Some(place) => format!("{place}: {}", unjudged.message),
        None => format!("{}: {}", unjudged.name, unjudged.message),
    };
    let diagnostic = Diagnostic::new("not judged", &message, &unjudged.help);
    unjudged.place.iter().fold(diagnostic, |diagnostic, place| diagnostic.at(place, "here"))
}

/// `pool.mitigations-disabled on MachineConfigPool/worker`
fn judged(outcome: &Outcome) -> String {
    format!("{} on {}", outcome.rule, outcome.subject)
}
