//! `rollgate man` as typed.

use std::path::PathBuf;

use clap::Args;

const MAN_EXAMPLES: &str = "\
Examples:
  rollgate man | man -l -
  rollgate man policy test | man -l -
  rollgate man --directory ~/.local/share/man/man1
";

/// Print the manual page of a command
#[derive(Debug, Args)]
#[command(after_help = MAN_EXAMPLES)]
pub(crate) struct Manual {
    /// The command, as `policy test` [default: rollgate itself]
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Vec<String>,
    /// Write the pages of all commands to this folder
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub(crate) directory: Option<PathBuf>,
}
