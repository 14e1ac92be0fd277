//! `rollgate render` and `rollgate facts` as typed.

use clap::Args;

use super::input::InputArguments;

const RENDER_EXAMPLES: &str = "\
Examples:
  rollgate render machineconfigs/ --pool worker
  rollgate render machineconfigs/ --pool infra --release 4.14 --explain
";

/// Print what the nodes of a pool would get.
#[derive(Debug, Args)]
#[command(after_help = RENDER_EXAMPLES)]
pub(crate) struct Render {
    /// The pool
    #[arg(long, value_name = "NAME")]
    pub(crate) pool: String,
    /// Print JSON instead of YAML
    #[arg(long)]
    pub(crate) json: bool,
    /// Print where every item comes from, and what it overrides
    #[arg(long)]
    pub(crate) explain: bool,
    /// Do not mask secrets
    #[arg(long)]
    pub(crate) reveal: bool,
    // Last, as its headings hold for all that follows.
    #[command(flatten)]
    pub(crate) input: InputArguments,
}

/// Print the facts that policies see.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  rollgate facts 99-worker.yaml | jq '.[0].machine_config'\n")]
pub(crate) struct Facts {
    /// Do not mask secrets
    #[arg(long)]
    pub(crate) reveal: bool,
    // Last, as its headings hold for all that follows.
    #[command(flatten)]
    pub(crate) input: InputArguments,
}
