//! `rollgate render` and `rollgate facts` as typed.

use std::path::PathBuf;

use clap::Args;

use super::image::ImageArguments;
use super::input::{InputArguments, required};

const RENDER_EXAMPLES: &str = "\
Examples:
  rollgate render machineconfigs/ --pool worker
  rollgate render machineconfigs/ --pool infra --release 4.14 --explain
";

/// Print what the nodes of a pool would get.
#[derive(Debug, Args)]
#[command(after_help = RENDER_EXAMPLES)]
#[command(group = required(&["paths"]))]
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

const FACTS_EXAMPLES: &str = "\
Examples:
  rollgate facts 99-worker.yaml | jq '.[0].machine_config'
  rollgate facts --image docker://quay.io/example/rhcos:4.20-custom --save image.json
";

/// Print the facts that policies see, or save those of an image.
#[derive(Debug, Args)]
#[command(after_help = FACTS_EXAMPLES)]
#[command(group = required(&["paths", "images", "image_facts"]))]
pub(crate) struct Facts {
    /// Write what is known of the one image, its files with it, for `rollgate check --image-facts`
    #[arg(long, value_name = "FILE", requires = "images", conflicts_with = "paths")]
    pub(crate) save: Option<PathBuf>,
    /// Do not mask secrets
    #[arg(long)]
    pub(crate) reveal: bool,
    // Last, as its headings hold for all that follows.
    #[command(flatten)]
    pub(crate) input: InputArguments,
    #[command(flatten)]
    pub(crate) images: ImageArguments,
}
