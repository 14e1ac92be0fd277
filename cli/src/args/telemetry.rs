//! `rollgate telemetry` as typed.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;
use rollgate_facts::{Architecture, Stream};

use super::input::{ConfigurationArguments, release};
use crate::output::{Output, TelemetryFormat};

const TELEMETRY_EXAMPLES: &str = "\
Examples:
  rollgate telemetry --context prod --context eu=admin@prod-eu
  rollgate telemetry --must-gather must-gather.local.5421/
  rollgate telemetry eu=dumps/eu us=dumps/us --output csv=fleet.csv
  oc get mc,mcp,nodes,clusterversion,machineosconfig -o yaml | rollgate telemetry -
  rollgate telemetry --upgrade-to 4.21 --anonymous --output json dumps/*

Exit codes: 0 told, 2 nothing could be told, 3 something could not be read.
";

/// Tell which extensions, kernels and OS images clusters ask for and run.
///
/// Each context, must-gather and PATH is one cluster. Wanted are its MachineConfigs, rendered ones among
/// them, MachineConfigPools, Nodes and ClusterVersion; what they do not tell is said to be unknown. No
/// secrets, users, MachineConfig names or paths on nodes are told, and images only with `--images`.
#[derive(Debug, Args)]
#[command(after_help = TELEMETRY_EXAMPLES)]
pub(crate) struct Telemetry {
    /// Write what is told: `human`, `json` or `csv`, to a file or to standard output; repeatable
    #[arg(long, short, value_name = "FORMAT[=FILE]", default_value = "human")]
    pub(crate) output: Vec<Output<TelemetryFormat>>,
    /// Tell the references of images as well
    #[arg(long, conflicts_with = "anonymous")]
    pub(crate) images: bool,
    /// Leave out every name that somebody chose: of clusters, pools, extensions and files
    #[arg(long)]
    pub(crate) anonymous: bool,
    /// A folder that `oc adm must-gather` wrote, one cluster; repeatable
    #[arg(long, value_name = "[NAME=]DIR")]
    pub(crate) must_gather: Vec<Cluster>,
    /// A context of the kubeconfig, one cluster; repeatable
    #[arg(long = "context", value_name = "[NAME=]CONTEXT")]
    pub(crate) contexts: Vec<Context>,
    /// The kubeconfig; without `--context` the cluster of its current one [default: `KUBECONFIG`, then
    /// `~/.kube/config`]
    #[arg(long, value_name = "FILE")]
    pub(crate) kubeconfig: Option<PathBuf>,
    /// Files, directories or `-` for standard input, each one cluster
    #[arg(
        value_name = "[NAME=]PATH",
        required_unless_present_any = ["must_gather", "contexts", "kubeconfig"]
    )]
    pub(crate) paths: Vec<Cluster>,
    #[command(flatten)]
    pub(crate) target: TelemetryTarget,
    #[command(flatten)]
    pub(crate) configuration: ConfigurationArguments,
}

/// What every cluster is, in place of what its objects tell.
#[derive(Debug, Args)]
#[command(next_help_heading = "Target")]
pub(crate) struct TelemetryTarget {
    /// The OpenShift or OKD release that the clusters run, as `4.20`
    #[arg(long, value_name = "RELEASE", value_parser = release)]
    pub(crate) release: Option<String>,
    /// The release to which they go, in place of the one that their ClusterVersion asks for
    #[arg(long, value_name = "RELEASE", value_parser = release)]
    pub(crate) upgrade_to: Option<String>,
    /// The operating system stream: `rhel-9`, `rhel-10`, `centos-9`, `centos-10` or `fcos`
    #[arg(long, value_name = "STREAM")]
    pub(crate) stream: Option<Stream>,
    /// The architecture of nodes that do not tell: `x86_64`, `aarch64`, `ppc64le` or `s390x`
    #[arg(long, value_name = "ARCHITECTURE")]
    pub(crate) arch: Option<Architecture>,
}

/// `NAME=PATH`, or a path that names the cluster itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cluster {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

/// `NAME=CONTEXT`, or a context that names the cluster itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Context {
    pub(crate) name: String,
    pub(crate) context: String,
}

impl FromStr for Context {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('=') {
            Some(("", _)) => Err("the name before `=` is missing".to_owned()),
            Some((_, "")) => Err("the context after `=` is missing".to_owned()),
            Some((name, context)) => {
                Ok(Self { name: name.to_owned(), context: context.to_owned() })
            }
            None => Ok(Self { name: named(text).to_owned(), context: text.to_owned() }),
        }
    }
}

/// What to call the cluster of a context. `oc login` calls contexts `namespace/cluster/user`, and users
/// are not told.
fn named(context: &str) -> &str {
    let mut parts = context.split('/');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(_), Some(cluster), Some(_), None) => cluster,
        _ => context,
    }
}

impl FromStr for Cluster {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = text.split_once('=').filter(|(name, _)| !name.contains('/'));
        match named {
            // A file may have such a name.
            Some((name, path)) if !Path::new(text).exists() => match (name, path) {
                ("", _) => Err("the name before `=` is missing".to_owned()),
                (_, "") => Err("the path after `=` is missing".to_owned()),
                (name, path) => Ok(Self { name: name.to_owned(), path: path.into() }),
            },
            _ if text == "-" => Ok(Self { name: "<stdin>".to_owned(), path: text.into() }),
            _ => {
                let name = text.trim_end_matches('/');
                let name = if name.is_empty() { text } else { name };
                Ok(Self { name: name.to_owned(), path: text.into() })
            }
        }
    }
}
