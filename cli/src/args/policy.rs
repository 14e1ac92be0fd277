//! `rollgate policy` as typed.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

const POLICY_EXAMPLES: &str = "\
Examples:
  rollgate policy list
  rollgate policy check my-policies/
  rollgate policy test my-policies/
";

/// List, check and test policies.
#[derive(Debug, Args)]
#[command(after_help = POLICY_EXAMPLES)]
pub(crate) struct Policy {
    #[command(subcommand)]
    pub(crate) command: PolicyCommand,
}

const POLICY_LIST_EXAMPLES: &str = "\
Examples:
  rollgate policy list
  rollgate policy list --output json | jq -r '.rules[].code'
";

const POLICY_CHECK_EXAMPLES: &str = "\
Examples:
  rollgate policy check
  rollgate policy check my-policies/ && rollgate check --policy my-policies/ machineconfigs/
";

const POLICY_TEST_EXAMPLES: &str = "\
Examples:
  rollgate policy test
  rollgate policy test my-policies/
";

/// What to do with policies. Without a folder it is the built-in library.
#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// List the rules
    List(PolicyList),
    /// Check that policies can be trusted: what they read exists, and what they say is a finding
    #[command(after_help = POLICY_CHECK_EXAMPLES)]
    Check(PolicyFolders),
    /// Run the tests of policies
    #[command(after_help = POLICY_TEST_EXAMPLES)]
    Test(PolicyFolders),
}

/// List the rules.
#[derive(Debug, Args)]
#[command(after_help = POLICY_LIST_EXAMPLES)]
pub(crate) struct PolicyList {
    #[command(flatten)]
    pub(crate) folders: PolicyFolders,
    /// `human` or `json`
    #[arg(long, short, value_name = "FORMAT", default_value = "human")]
    pub(crate) output: ListFormat,
}

/// Folders of policies.
#[derive(Debug, Args)]
pub(crate) struct PolicyFolders {
    /// Folders of policies [default: the built-in library]
    #[arg(value_name = "DIR")]
    pub(crate) folders: Vec<PathBuf>,
}

/// How to print a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Human,
    /// For machines
    Json,
}
