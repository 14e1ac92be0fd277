//! `rollgate check` as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rollgate_engine::configuration::OnInconclusive;
use rollgate_engine::report::Severity;
use rollgate_facts::Target;

use super::image::ImageArguments;
use super::input::{InputArguments, PolicyArguments, SelectionArguments, release, required};
use crate::output::Output;

const CHECK_EXAMPLES: &str = "\
Examples:
  rollgate check machineconfigs/
  rollgate check --release 4.20 --stream rhel-9 --arch x86_64 99-worker.yaml
  oc get mc,mcp,clusterversion -o yaml | rollgate check -
  rollgate check --against running/ proposed/ --output sarif=rollgate.sarif
  rollgate check --release 4.20 --upgrade-to 4.22 machineconfigs/
  rollgate check --baseline baseline.json --changed-since origin/main machineconfigs/
  rollgate check --image docker://quay.io/example/rhcos@sha256:… --release 4.20 machineconfigs/
  rollgate check --image oci:build --base docker://quay.io/example/base --output junit=report.xml
  rollgate check --trusted-config /tmp/main/rollgate.yaml --profile strict machineconfigs/

Exit codes: 0 pass, 1 denied, 2 no report could be made, 3 inconclusive.
";

/// Judge a change.
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
#[command(group = required(&["paths", "images", "image_facts"]))]
pub(crate) struct Check {
    /// Write a report (human, json, sarif, junit, github or markdown) to a file or to standard
    /// output; repeatable
    #[arg(long, short, value_name = "FORMAT[=FILE]", default_value = "human")]
    pub(crate) output: Vec<Output>,
    /// The severity from which a finding denies [default: medium]
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<SeverityArgument>,
    /// Whether what could not be decided blocks [default: fail]
    #[arg(long, value_name = "ACTION")]
    pub(crate) on_inconclusive: Option<OnInconclusiveArgument>,
    /// Judge for this target, as `release=4.20,stream=rhel-9,arch=x86_64`; repeatable, for one report
    /// on all of them
    #[arg(long = "target", value_name = "TARGET", conflicts_with_all = ["release", "stream", "arch", "platform", "day"])]
    pub(crate) targets: Vec<Target>,
    /// Judge for the upgrade to this release as well, and say what only that breaks
    #[arg(long, value_name = "RELEASE", value_parser = release)]
    pub(crate) upgrade_to: Option<String>,
    /// Deny only what this report, written by `--output json=FILE`, does not know
    #[arg(long, value_name = "REPORT")]
    pub(crate) baseline: Option<PathBuf>,
    /// Report findings only in files that changed since this Git reference, or caused by those
    #[arg(long, value_name = "GIT_REF", allow_hyphen_values = true)]
    pub(crate) changed_since: Option<String>,
    /// Pass where there is nothing to judge
    #[arg(long)]
    pub(crate) allow_empty: bool,
    /// Judge as on this date, for waivers and rules to come [default: today, UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<jiff::civil::Date>,
    // Last, as their headings hold for all that follows.
    #[command(flatten)]
    pub(crate) input: InputArguments,
    #[command(flatten)]
    pub(crate) images: ImageArguments,
    #[command(flatten)]
    pub(crate) selection: SelectionArguments,
    #[command(flatten)]
    pub(crate) policies: PolicyArguments,
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
