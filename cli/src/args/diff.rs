//! `rollgate diff` as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

const DIFF_EXAMPLES: &str = "\
Examples:
  rollgate diff main.json change.json
  rollgate diff main.json change.json --output markdown

Exit codes: 0 no new denial, 1 a denial is new, 2 a report cannot be read, 3 inconclusive.
";

/// What one report says and another did not.
#[derive(Debug, Args)]
#[command(after_help = DIFF_EXAMPLES)]
pub(crate) struct Diff {
    /// The earlier report, written by `rollgate check --output json=FILE`
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// The later report
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    /// How to print the difference
    #[arg(long, short, value_name = "FORMAT", default_value = "human")]
    pub(crate) output: DiffFormat,
}

/// The formats of a difference.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people
    Human,
    /// As one JSON object
    Json,
    /// For a comment on a pull request
    Markdown,
}
