//! Exit codes, and errors for people.

use std::process::ExitCode;

use rollgate_engine::report::clean;

/// 0 where the command did what it was asked, 2 where it could not, for which the reason is printed: what
/// went wrong and why in one line, what to do in another, as most read it in a pod's log.
#[expect(clippy::print_stderr, reason = "the one place where errors are told")]
pub(crate) fn code(result: miette::Result<()>) -> ExitCode {
    let Err(error) = result else { return ExitCode::SUCCESS };
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    eprintln!("error: {}", clean(&causes.join(": ")));
    if let Some(help) = error.help() {
        eprintln!("help: {}", clean(&help.to_string()));
    }
    ExitCode::from(2)
}
