//! `rollgate policy` as typed.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use rollgate_facts::SubjectKind;

use super::check::SeverityArgument;
use super::input::BundleArguments;

const POLICY_EXAMPLES: &str = "\
Examples:
  rollgate policy explain pool.mitigations-disabled
  rollgate policy new custom.acme.my_rule --subject pool my-policies/
  rollgate policy test my-policies/
";

/// List, explain, check, test and write policies.
#[derive(Debug, Args)]
#[command(after_help = POLICY_EXAMPLES)]
pub(crate) struct Policy {
    #[command(subcommand)]
    pub(crate) command: PolicyCommand,
}

const POLICY_LIST_EXAMPLES: &str = "\
Examples:
  rollgate policy list
  rollgate policy list --min-severity high --subject pool
  rollgate policy list --profile strict --tag image
  rollgate policy list --output json | jq -r '.rules[].code'
";

const POLICY_EXPLAIN_EXAMPLES: &str = "\
Examples:
  rollgate policy explain pool.mitigations-disabled
  rollgate policy explain --policy my-policies/ custom.acme.my-rule --output markdown
";

const POLICY_CHECK_EXAMPLES: &str = "\
Examples:
  rollgate policy check
  rollgate policy check my-policies/ && rollgate check --policy my-policies/ machineconfigs/
";

const POLICY_TEST_EXAMPLES: &str = "\
Examples:
  rollgate policy test
  rollgate policy test my-policies/ --min-coverage 100
  rollgate policy test my-policies/ --run my_rule --watch
";

const POLICY_NEW_EXAMPLES: &str = "\
Examples:
  rollgate policy new custom.acme.my_rule --subject pool my-policies/
  rollgate policy new custom.acme.my_rule --subject machine_config --severity high
";

/// What to do with policies. Without a folder it is the built-in library.
#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// List the rules
    List(PolicyList),
    /// Print the page of a rule: what it finds, why, and what to do
    Explain(PolicyExplain),
    /// Check that policies can be trusted: what they read exists, and what they say is a finding
    Check(PolicyCheck),
    /// Run the tests and examples of policies, and say which lines no test evaluates
    Test(PolicyTest),
    /// Write a rule to begin with: the rule, its test and its examples
    New(PolicyNew),
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
    /// Only rules that this profile selects: `baseline`, `strict` or a file
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) profile: Option<String>,
    /// Only rules with this tag
    #[arg(long, value_name = "TAG")]
    pub(crate) tag: Option<String>,
    /// Only rules of this severity or a higher one
    #[arg(long = "min-severity", alias = "severity", value_name = "SEVERITY")]
    pub(crate) severity: Option<SeverityArgument>,
    /// Only rules that judge such a subject
    #[arg(long, value_name = "SUBJECT")]
    pub(crate) subject: Option<SubjectArgument>,
}

/// Print the page of a rule.
#[derive(Debug, Args)]
#[command(after_help = POLICY_EXPLAIN_EXAMPLES)]
pub(crate) struct PolicyExplain {
    /// The code of the rule, as reports name it
    #[arg(value_name = "CODE")]
    pub(crate) code: String,
    /// A folder of your own policies; repeatable
    #[arg(long = "policy", value_name = "DIR")]
    pub(crate) folders: Vec<PathBuf>,
    /// `human` or `markdown`
    #[arg(long, short, value_name = "FORMAT", default_value = "human")]
    pub(crate) output: PageFormat,
}

/// Check policies.
#[derive(Debug, Args)]
#[command(after_help = POLICY_CHECK_EXAMPLES)]
pub(crate) struct PolicyCheck {
    #[command(flatten)]
    pub(crate) folders: PolicyFolders,
    /// `human` or `json`
    #[arg(long, short, value_name = "FORMAT", default_value = "human")]
    pub(crate) output: ListFormat,
}

/// Run the tests of policies.
#[derive(Debug, Args)]
#[command(after_help = POLICY_TEST_EXAMPLES)]
pub(crate) struct PolicyTest {
    #[command(flatten)]
    pub(crate) folders: PolicyFolders,
    /// Only tests whose package or name contains this text
    #[arg(long, value_name = "TEXT")]
    pub(crate) run: Option<String>,
    /// Run again whenever a file changes, until interrupted
    #[arg(long, requires = "folders", conflicts_with = "output")]
    pub(crate) watch: bool,
    /// Fail where tests evaluate less than this part of all lines
    #[arg(long, value_name = "PERCENT", conflicts_with = "run",
          value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(crate) min_coverage: Option<u8>,
    /// `human` or `json`
    #[arg(long, short, value_name = "FORMAT", default_value = "human")]
    pub(crate) output: ListFormat,
}

/// Write a rule to begin with.
#[derive(Debug, Args)]
#[command(after_help = POLICY_NEW_EXAMPLES)]
pub(crate) struct PolicyNew {
    /// The package of the rule: `custom.<domain>.<rule>`
    #[arg(value_name = "PACKAGE")]
    pub(crate) package: String,
    /// The folder of policies that it goes into, in `<domain>/<rule>/`
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) folder: PathBuf,
    /// What the rule is to judge
    #[arg(long, value_name = "SUBJECT")]
    pub(crate) subject: SubjectArgument,
    /// How serious its findings are
    #[arg(long, value_name = "SEVERITY", default_value = "medium")]
    pub(crate) severity: SeverityArgument,
}

/// Folders of policies.
#[derive(Debug, Args)]
pub(crate) struct PolicyFolders {
    /// Folders or OPA bundles of policies [default: the built-in library]
    #[arg(value_name = "DIR")]
    pub(crate) folders: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) bundles: BundleArguments,
}

/// How to print a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Human,
    /// For machines
    Json,
}

/// How to print a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageFormat {
    /// For a terminal
    Human,
    /// As under `docs/rules/`
    Markdown,
}

/// [`SubjectKind`] on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum SubjectArgument {
    /// One MachineConfig
    MachineConfig,
    /// What the nodes of a pool would get
    Pool,
    /// Any other object of a kind that is judged
    ClusterObject,
}

impl From<SubjectArgument> for SubjectKind {
    fn from(argument: SubjectArgument) -> Self {
        match argument {
            SubjectArgument::MachineConfig => Self::MachineConfig,
            SubjectArgument::Pool => Self::Pool,
            SubjectArgument::ClusterObject => Self::ClusterObject,
        }
    }
}
