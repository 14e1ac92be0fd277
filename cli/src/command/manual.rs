//! `rollgate man`: manual pages, made from what `--help` says.

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;
use miette::{Context as _, IntoDiagnostic as _};

use crate::args::{Arguments, Manual};
use crate::exit::Outcome;
use crate::output;

pub(super) fn run(arguments: &Manual) -> miette::Result<Outcome> {
    let mut root = Arguments::command();
    // Gives each command the name that it is called by, and the flags that it inherits.
    root.build();
    if let Some(directory) = &arguments.directory {
        clap_mangen::generate_to(root, directory).into_diagnostic().wrap_err_with(|| {
            format!("the manual pages were not written to `{}`", directory.display())
        })?;
        return Ok(Outcome::Done);
    }
    let command = arguments.command.iter().try_fold(&root, |command, name| {
        command.find_subcommand(name).ok_or_else(|| unknown(command, name))
    })?;
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page).into_diagnostic()?;
    output::print(&String::from_utf8_lossy(&page))?;
    Ok(Outcome::Done)
}

fn unknown(command: &Command, name: &str) -> miette::Report {
    let known: Vec<_> = command.get_subcommands().map(Command::get_name).collect();
    let help = match known.as_slice() {
        [] => format!("`{}` has no commands of its own", command.get_name()),
        known => format!("its commands are {}", known.join(", ")),
    };
    let name = rollgate_engine::report::clean(name);
    miette::miette!(help = help, "`{}` has no command `{name}`", command.get_name())
}
