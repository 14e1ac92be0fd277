//! The command line: what was typed. What it means is worked out in `settings` and the commands.

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use rollgate_engine::configuration::OnInconclusive;
use rollgate_engine::report::Severity;
use rollgate_facts::{Architecture, Day, Stream, Target};

use crate::output::Output;

/// The gate for the node operating system of OpenShift and OKD clusters.
///
/// rollgate reads MachineConfigs, works out what the nodes of each pool would get, judges that by
/// Rego policies, and says pass, denied or inconclusive, before anything reaches a node.
#[derive(Debug, Parser)]
#[command(name = "rollgate", version, long_version = long_version(), propagate_version = true)]
#[command(after_help = "Exit codes: 0 pass, 1 denied, 2 no report could be made, 3 inconclusive.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Flags of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "General")]
pub(crate) struct Global {
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    pub(crate) color: ColorChoice,
    /// Print the verdict and what denies, nothing else
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Say more; repeat for the log (`RUST_LOG` sets it in detail)
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Judge a change
    Check(Check),
    /// Print what the nodes of a pool would get
    Render(Render),
    /// Print the facts that policies see
    Facts(Facts),
    /// List, check and test policies
    Policy(Policy),
    /// Print the JSON Schema of a document
    Schema(Schema),
    /// Print the completions of a shell
    Completions(Completions),
}

const CHECK_EXAMPLES: &str = "\
Examples:
  rollgate check machineconfigs/
  rollgate check --release 4.20 --stream rhel-9 --arch x86_64 99-worker.yaml
  oc get mc,mcp,clusterversion -o yaml | rollgate check -
  rollgate check --against running/ proposed/ --output sarif=rollgate.sarif
";

/// Judge a change.
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub(crate) struct Check {
    /// Write a report: `human`, `json` or `sarif`, to a file or to standard output; repeatable
    #[arg(long, short, value_name = "FORMAT[=FILE]", default_value = "human")]
    pub(crate) output: Vec<Output>,
    /// The severity from which a finding denies [default: medium]
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<SeverityArgument>,
    /// Whether what could not be decided blocks [default: fail]
    #[arg(long, value_name = "ACTION")]
    pub(crate) on_inconclusive: Option<OnInconclusiveArgument>,
    /// Pass where there is nothing to judge
    #[arg(long)]
    pub(crate) allow_empty: bool,
    #[command(flatten)]
    pub(crate) policies: PolicyArguments,
    /// Judge as on this date, for waivers and rules to come [default: today, UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<jiff::civil::Date>,
    // Last, as its headings hold for all that follows.
    #[command(flatten)]
    pub(crate) input: InputArguments,
}

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

/// What to read, and what it is meant for.
#[derive(Debug, Args)]
pub(crate) struct InputArguments {
    /// Files, directories (searched for .yaml, .yml and .json) or `-` for standard input
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) target: TargetArguments,
    #[command(flatten)]
    pub(crate) configuration: ConfigurationArguments,
}

/// What the change is meant for.
#[derive(Debug, Args)]
#[command(next_help_heading = "Target")]
pub(crate) struct TargetArguments {
    /// The OpenShift or OKD release, as `4.20`
    #[arg(long, value_name = "RELEASE", value_parser = release)]
    pub(crate) release: Option<String>,
    /// The operating system stream: `rhel-9`, `rhel-10`, `centos-9`, `centos-10` or `fcos`
    #[arg(long, value_name = "STREAM")]
    pub(crate) stream: Option<Stream>,
    /// The architecture: `x86_64`, `aarch64`, `ppc64le` or `s390x`
    #[arg(long, value_name = "ARCHITECTURE")]
    pub(crate) arch: Option<Architecture>,
    /// The platform, as `vsphere`, `baremetal` or `none`
    #[arg(long, value_name = "PLATFORM", value_parser = Target::platform_named)]
    pub(crate) platform: Option<String>,
    /// 1 where nodes are being installed, 2 where they run
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) day: Option<Day>,
    /// What runs now: a rendered MachineConfig for each pool, or the objects before
    #[arg(long, value_name = "PATH")]
    pub(crate) against: Vec<PathBuf>,
}

/// Which configuration to use.
#[derive(Debug, Args)]
#[command(next_help_heading = "Configuration")]
pub(crate) struct ConfigurationArguments {
    /// The configuration [default: rollgate.yaml here or in a folder above]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(crate) config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long)]
    pub(crate) no_config: bool,
}

/// Which policies to use besides the built-in ones.
#[derive(Debug, Args)]
pub(crate) struct PolicyArguments {
    /// A folder of your own policies (`package custom.…`); repeatable
    #[arg(long = "policy", value_name = "DIR")]
    pub(crate) roots: Vec<PathBuf>,
}

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

/// Print the JSON Schema of a document.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  rollgate schema facts\n  rollgate schema report\n")]
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

/// [`Severity`] on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SeverityArgument {
    Low,
    Medium,
    High,
    Critical,
}

/// [`OnInconclusive`] on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum OnInconclusiveArgument {
    /// Exit with 3
    Fail,
    /// Report it only
    Warn,
}

impl From<SeverityArgument> for Severity {
    fn from(argument: SeverityArgument) -> Self {
        match argument {
            SeverityArgument::Low => Self::Low,
            SeverityArgument::Medium => Self::Medium,
            SeverityArgument::High => Self::High,
            SeverityArgument::Critical => Self::Critical,
        }
    }
}

impl From<OnInconclusiveArgument> for OnInconclusive {
    fn from(argument: OnInconclusiveArgument) -> Self {
        match argument {
            OnInconclusiveArgument::Fail => Self::Fail,
            OnInconclusiveArgument::Warn => Self::Warn,
        }
    }
}

/// The version and the digest of the built-in policies, which decide as much as the program does.
fn long_version() -> &'static str {
    static TEXT: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        let digest = rollgate_engine::policy::library_digest();
        format!("{} (policies {digest})", env!("CARGO_PKG_VERSION"))
    });
    &TEXT
}

/// `4.20`, also from `4.20.3`.
fn release(text: &str) -> Result<String, String> {
    let mut parts = text.split('.');
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<u32>().ok());
    match (number(parts.next()), number(parts.next())) {
        (Some(major), Some(minor)) => Ok(format!("{major}.{minor}")),
        _ => Err("a release is written as 4.20".to_owned()),
    }
}

fn day(text: &str) -> Result<Day, String> {
    let number: u8 = text.parse().map_err(|_| format!("`{text}` is no day: write 1 or 2"))?;
    Day::try_from(number)
}
