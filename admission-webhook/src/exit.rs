//! Exit codes, and errors for people.

use std::process::ExitCode;

use rollgate_engine::report::clean;

/// 0 where the command did what it was asked, 2 where it could not, for which the reason is printed.
#[expect(clippy::print_stderr, reason = "the one place where errors are told")]
pub(crate) fn code(result: miette::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}", clean(&format!("{error:?}")));
            ExitCode::from(2)
        }
    }
}
