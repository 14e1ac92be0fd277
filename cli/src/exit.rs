//! Exit codes, and errors for people.

use std::process::ExitCode;

use rollgate_engine::report::Verdict;

use crate::args::Global;
use crate::log;

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
            print(global, &error);
            ExitCode::from(2)
        }
    }
}

#[expect(clippy::print_stderr, reason = "the one place where errors are told")]
fn print(global: &Global, error: &miette::Report) {
    use std::io::IsTerminal as _;
    let terminal = std::io::stderr().is_terminal();
    let theme = match (log::colored(global.color, terminal), terminal) {
        (true, _) => miette::GraphicalTheme::unicode(),
        (false, true) => miette::GraphicalTheme::unicode_nocolor(),
        (false, false) => miette::GraphicalTheme::none(),
    };
    let mut text = String::new();
    let handler = miette::GraphicalReportHandler::new_themed(theme).with_links(false);
    if handler.render_report(&mut text, error.as_ref()).is_err() {
        text = error.to_string();
    }
    eprint!("{text}");
}
