//! Findings and unjudged inputs as miette draws them.

use std::fmt;

use miette::{LabeledSpan, Severity, SourceCode};

use super::wording::{clean, some_of};
use crate::report::{Finding, Level, Place, Snippets, Unjudged};

/// Something to draw. All text in it is clean.
#[derive(Debug)]
pub(super) struct Diagnostic {
    code: String,
    severity: Severity,
    message: String,
    help: String,
    snippets: Snippets,
}

impl Diagnostic {
    /// A finding. Its severity and subjects are told where somebody wants to know more.
    pub(super) fn of_finding(finding: &Finding, verbose: bool) -> Self {
        let subjects = some_of(finding.subjects.iter().map(String::as_str));
        let code = match verbose {
            true => format!("{} ({} on {subjects})", finding.rule, finding.severity),
            false => finding.rule.clone(),
        };
        let message = match finding.place {
            Some(_) => finding.message.clone(),
            None => format!("{} (at {})", finding.message, finding.at),
        };
        let help = match &finding.effective_on {
            Some(date) => format!("{} (denies from {date})", finding.help),
            None => finding.help.clone(),
        };
        Self {
            code: clean(&code),
            severity: match finding.level {
                Level::Deny => Severity::Error,
                Level::Warn => Severity::Warning,
                Level::Waived => Severity::Advice,
            },
            message: clean(&message),
            help: clean(&help),
            snippets: snippets(finding),
        }
    }

    /// An input that could not be judged.
    pub(super) fn of_unjudged(unjudged: &Unjudged) -> Self {
        let message = match unjudged.place {
            Some(_) => unjudged.message.clone(),
            None => format!("{}: {}", unjudged.name, unjudged.message),
        };
        Self {
            code: "not judged".to_owned(),
            severity: Severity::Error,
            message: clean(&message),
            help: clean(&unjudged.help),
            snippets: unjudged.place.iter().fold(Snippets::default(), |snippets, place| {
                snippets.with(&cleaned(place), Some("here".to_owned()))
            }),
        }
    }
}

fn snippets(finding: &Finding) -> Snippets {
    let label = match finding.pools.len() {
        0 => "here".to_owned(),
        count => {
            let pools = some_of(finding.pools.iter().map(String::as_str));
            format!("set here, reaches {} {pools}", if count == 1 { "pool" } else { "pools" })
        }
    };
    let own = finding.place.iter().map(|place| (place, label.as_str()));
    let related = finding.related.iter();
    let related = related.filter_map(|one| Some((one.place.as_ref()?, one.label.as_str())));
    own.chain(related).fold(Snippets::default(), |snippets, (place, label)| {
        snippets.with(&cleaned(place), Some(clean(label)))
    })
}

/// An excerpt is clean already.
fn cleaned(place: &Place) -> Place {
    Place { name: clean(&place.name), ..place.clone() }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Diagnostic {}

impl miette::Diagnostic for Diagnostic {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as _)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.snippets)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.snippets.labels()
    }
}
