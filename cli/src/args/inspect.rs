//! `rollgate inspect` and `rollgate cache` as typed.

use clap::{Args, Subcommand};
use rollgate_facts::Architecture;

use super::image::{CacheArguments, RegistryArguments};

const INSPECT_EXAMPLES: &str = "\
Examples:
  rollgate inspect image docker://quay.io/example/rhcos:4.20-custom
  rollgate inspect image oci:build --base docker://quay.io/example/rhcos@sha256:…
  rollgate inspect image oci:build --json | jq -r '.packages[].name'
";

const CACHE_EXAMPLES: &str = "\
Examples:
  rollgate cache info
  rollgate cache prune --older-than 30 --max-size 1GiB
  rollgate cache clear
";

/// Print what an OS image is.
#[derive(Debug, Args)]
#[command(after_help = INSPECT_EXAMPLES)]
pub(crate) struct Inspect {
    #[command(subcommand)]
    pub(crate) what: InspectCommand,
}

/// What is inspected.
#[derive(Debug, Subcommand)]
pub(crate) enum InspectCommand {
    /// Print what an OS image is, and what was added on top of its base
    Image(InspectImage),
}

/// Print what an OS image is, and what was added on top of its base.
#[derive(Debug, Args)]
#[command(after_help = INSPECT_EXAMPLES)]
pub(crate) struct InspectImage {
    /// The image, as for `rollgate check --image`
    #[arg(value_name = "REF")]
    pub(crate) reference: String,
    /// Print JSON: everything that is known of it
    #[arg(long)]
    pub(crate) json: bool,
    /// The image from which it is built
    #[arg(long, value_name = "REF")]
    pub(crate) base: Option<String>,
    /// The architecture, of an image that is there for several
    #[arg(long, value_name = "ARCHITECTURE")]
    pub(crate) arch: Option<Architecture>,
    #[command(flatten)]
    pub(crate) registry: RegistryArguments,
}

/// Tell of, shorten or empty the cache of facts of layers.
#[derive(Debug, Args)]
#[command(after_help = CACHE_EXAMPLES)]
pub(crate) struct Cache {
    #[command(subcommand)]
    pub(crate) command: CacheCommand,
}

/// What is done with the cache.
#[derive(Debug, Subcommand)]
pub(crate) enum CacheCommand {
    /// Print where the cache is and what it holds
    Info(CacheInfo),
    /// Remove what was not used for long, or does not fit
    Prune(CachePrune),
    /// Remove everything
    Clear(CacheClear),
}

/// Print where the cache is and what it holds.
#[derive(Debug, Args)]
#[command(after_help = CACHE_EXAMPLES)]
pub(crate) struct CacheInfo {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) cache: CacheArguments,
}

/// Remove what was not used for long, or does not fit.
#[derive(Debug, Args)]
#[command(after_help = CACHE_EXAMPLES)]
pub(crate) struct CachePrune {
    /// Remove what was not used for so many days
    #[arg(long, value_name = "DAYS")]
    pub(crate) older_than: Option<u64>,
    /// Remove the least recently used until no more than this is left, as `1GiB`
    #[arg(long, value_name = "SIZE")]
    pub(crate) max_size: Option<String>,
    #[command(flatten)]
    pub(crate) cache: CacheArguments,
}

/// Remove everything.
#[derive(Debug, Args)]
#[command(after_help = CACHE_EXAMPLES)]
pub(crate) struct CacheClear {
    #[command(flatten)]
    pub(crate) cache: CacheArguments,
}
