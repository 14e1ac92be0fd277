//! `rollgate schema` and `rollgate completions` as typed.

use clap::{Args, ValueEnum};
use clap_complete::Shell;

/// Print the JSON Schema of a document.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  rollgate schema facts\n  rollgate schema config\n")]
pub(crate) struct Schema {
    /// Which document
    #[arg(value_enum, default_value = "facts")]
    pub(crate) document: SchemaDocument,
}

/// The documents that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaDocument {
    /// What policies see
    Facts,
    /// What `--output json` prints
    Report,
    /// What `rollgate.yaml` says
    Config,
    /// What `plan --output json` prints
    Plan,
    /// What `diff --output json` prints
    Diff,
    /// What `telemetry --output json` prints
    Telemetry,
}

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  source <(rollgate completions bash)
  rollgate completions fish > ~/.config/fish/completions/rollgate.fish
";

/// Print the completions of a shell.
#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: Shell,
}
