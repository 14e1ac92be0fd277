//! Diagnostics: what miette draws for people.
//!
//! Owns the mix of a code, a message, its places and a remedy. Must not know what it is about. All
//! text in one is clean: a terminal obeys none of it.

use std::fmt;

use miette::{LabeledSpan, Severity, SourceCode};

use super::Place;
use super::snippet::Snippets;
use super::wording::clean;

/// Something to tell people, with places.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Diagnostic {
    code: String,
    severity: Severity,
    message: String,
    help: String,
    snippets: Snippets,
}

impl Diagnostic {
    /// An error, without a place so far.
    pub fn new(code: &str, message: &str, help: &str) -> Self {
        Self {
            code: clean(code),
            severity: Severity::Error,
            message: clean(message),
            help: clean(help),
            snippets: Snippets::default(),
        }
    }

    /// With another severity.
    #[must_use]
    pub const fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// With a further place, unless it has no excerpt; the first is the one that matters most.
    #[must_use]
    pub fn at(mut self, place: &Place, label: &str) -> Self {
        let place = Place { name: clean(&place.name), ..place.clone() };
        self.snippets.add(place, clean(label));
        self
    }
}

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
