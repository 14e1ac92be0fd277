//! `rollgate completions`: the completions of a shell.

use clap::CommandFactory as _;

use crate::args::{Arguments, Completions};
use crate::exit::Outcome;
use crate::output;

pub(super) fn run(arguments: &Completions) -> miette::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "rollgate", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}
