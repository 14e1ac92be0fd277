//! The command line: what was typed. What it means is worked out in `settings` and the commands.

mod check;
mod diff;
mod document;
mod image;
mod init;
mod input;
mod inspect;
mod manual;
mod plan;
mod policy;
mod render;
mod telemetry;

use clap::{Args, ColorChoice, Parser, Subcommand};

pub(crate) use check::Check;
pub(crate) use diff::{Diff, DiffFormat};
pub(crate) use document::{Completions, Schema, SchemaDocument};
pub(crate) use image::{CacheArguments, ImageArguments, RegistryArguments, WhichImages};
pub(crate) use init::Init;
pub(crate) use input::{
    BundleArguments, ConfigurationArguments, InputArguments, PolicyArguments, SelectionArguments,
    TargetArguments,
};
pub(crate) use inspect::{Cache, CacheCommand, Inspect, InspectCommand, InspectImage};
pub(crate) use manual::Manual;
pub(crate) use plan::Plan;
pub(crate) use policy::{
    ListFormat, PageFormat, Policy, PolicyCheck, PolicyCommand, PolicyExplain, PolicyList,
    PolicyNew, PolicyTest,
};
pub(crate) use render::{Facts, Render};
pub(crate) use telemetry::{Cluster, Telemetry};

/// The gate for the node operating system of OpenShift and OKD clusters.
///
/// rollgate reads MachineConfigs and OS images, works out what the nodes of each pool would get, judges
/// that by Rego policies, and says pass, denied or inconclusive, before anything reaches a node.
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
    Check(Box<Check>),
    /// Compare two reports
    Diff(Diff),
    /// Say what a change does to the nodes of each pool
    Plan(Plan),
    /// Print what the nodes of a pool would get
    Render(Render),
    /// Print the facts that policies see, or save those of an image
    Facts(Facts),
    /// Print what an OS image is
    Inspect(Box<Inspect>),
    /// Tell of, shorten or empty the cache
    Cache(Cache),
    /// Tell which extensions, kernels and OS images clusters ask for and run
    Telemetry(Telemetry),
    /// List, explain, check, test and write policies
    Policy(Policy),
    /// Write a `rollgate.yaml` to begin with
    Init(Init),
    /// Print the JSON Schema of a document
    Schema(Schema),
    /// Print the completions of a shell
    Completions(Completions),
    /// Print the manual page of a command
    #[command(name = "man")]
    Manual(Manual),
}

/// The version and the digest of the built-in policies, which decide as much as the program does.
fn long_version() -> &'static str {
    static TEXT: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        let digest = rollgate_engine::policy::library_digest();
        format!("{} (policies {digest})", env!("CARGO_PKG_VERSION"))
    });
    &TEXT
}
