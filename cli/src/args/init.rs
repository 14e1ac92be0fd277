//! `rollgate init` as typed.

use std::path::PathBuf;

use clap::Args;

const INIT_EXAMPLES: &str = "\
Examples:
  rollgate init
  rollgate init --profile strict my-cluster/
";

/// Write a `rollgate.yaml` that says of every key what it is for.
#[derive(Debug, Args)]
#[command(after_help = INIT_EXAMPLES)]
pub(crate) struct Init {
    /// The folder to write it to [default: the working directory]
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// The profile to choose: `baseline`, `strict` or a file relative to the folder
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) profile: Option<String>,
    /// Replace the one that is there
    #[arg(long)]
    pub(crate) force: bool,
}
