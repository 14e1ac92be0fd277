//! The command line: what was typed.

mod certs;
mod common;
mod manifests;
mod serve;
mod watch;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use certs::Certs;
use common::Common;
pub(crate) use manifests::{Manifests, Overlay, Phase};
pub(crate) use serve::Serve;
pub(crate) use watch::Watch;

/// The gate of a cluster: rejects unsafe changes to the node operating system before they are stored.
///
/// rollgate-webhook answers the API server's admission reviews of MachineConfigs, pools and what
/// configures them, judged by the same policies as `rollgate check`.
#[derive(Debug, Parser)]
#[command(name = "rollgate-webhook", version, long_version = long_version(), propagate_version = true)]
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
    /// How the log is written
    #[arg(long, global = true, value_name = "FORMAT", default_value = "json")]
    pub(crate) log_format: LogFormat,
    /// Say more; repeat for all of it (`RUST_LOG` sets it in detail)
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// The formats of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// One JSON object a line
    Json,
    /// For people
    Text,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Answer admission reviews
    Serve(Box<Serve>),
    /// Make a certificate to try the webhook with
    Certs(Certs),
    /// Judge everything in the cluster, again and again
    Watch(Box<Watch>),
    /// Print what is installed in a cluster, as YAML
    Manifests(Manifests),
}

/// The version and the digest of the built-in policies, which decide as much as the program does.
fn long_version() -> &'static str {
    static TEXT: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        let digest = rollgate_engine::policy::library_digest();
        format!("{} (policies {digest})", env!("CARGO_PKG_VERSION"))
    });
    &TEXT
}
