//! Exit codes, and errors for people.

use std::fmt;
use std::process::ExitCode;

use miette::{Diagnostic, LabeledSpan, SourceCode};
use rollgate_engine::report::{Verdict, clean};

use crate::args::Global;
use crate::log;

/// The column at which errors wrap, as reports do.
const WIDTH: usize = 100;

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done, or a verdict of pass.
    Done,
    /// Denied, or a check or test of policies failed.
    Denied,
    /// Something could not be decided.
    Inconclusive,
}

impl From<Verdict> for Outcome {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Pass => Self::Done,
            Verdict::Denied => Self::Denied,
            Verdict::Inconclusive => Self::Inconclusive,
        }
    }
}

/// 0 pass, 1 denied, 3 inconclusive; 2 where no report could be made, for which the reason is
/// printed to standard error.
pub(crate) fn code(global: &Global, result: miette::Result<Outcome>) -> ExitCode {
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Denied) => ExitCode::from(1),
        Ok(Outcome::Inconclusive) => ExitCode::from(3),
        Err(error) => {
            tell(global, &error);
            ExitCode::from(2)
        }
    }
}

/// Prints an error to standard error.
#[expect(clippy::print_stderr, reason = "the one place where errors are told")]
pub(crate) fn tell(global: &Global, error: &miette::Report) {
    use std::io::IsTerminal as _;
    let terminal = std::io::stderr().is_terminal();
    let theme = match (log::colored(global.color, terminal), terminal) {
        (true, _) => miette::GraphicalTheme::unicode(),
        (false, true) => miette::GraphicalTheme::unicode_nocolor(),
        (false, false) => miette::GraphicalTheme::none(),
    };
    let mut text = String::new();
    let handler = miette::GraphicalReportHandler::new_themed(theme).with_links(false);
    let handler = handler.with_width(WIDTH);
    if handler.render_report(&mut text, &Clean(error.as_ref())).is_err() {
        text = clean(&error.to_string());
    }
    eprint!("{text}");
}

/// An error of which a terminal obeys nothing: it may quote a path or a name from an input. Places
/// and related errors are clean already.
#[derive(Debug)]
struct Clean<'a>(&'a dyn Diagnostic);

impl fmt::Display for Clean<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&clean(&self.0.to_string()))
    }
}

impl std::error::Error for Clean<'_> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

impl Diagnostic for Clean<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.0.code()
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(clean(&self.0.help()?.to_string())))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.0.source_code()
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.0.labels()
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        self.0.related()
    }
}
