//! The arguments that `serve` and `watch` share: which cluster, and what is judged by.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

/// Which cluster, what is judged by, and where health and metrics are served.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Where health and metrics are served, in plain HTTP
    #[arg(long, value_name = "ADDR", default_value = "[::]:8080")]
    pub(crate) metrics_listen: SocketAddr,
    /// The cluster, where it is not the one that this runs in
    #[arg(long, value_name = "FILE", conflicts_with = "objects")]
    pub(crate) kubeconfig: Option<PathBuf>,
    /// The cluster's objects, in files instead of a cluster; nothing is written then
    #[arg(long, value_name = "DIR")]
    pub(crate) objects: Option<PathBuf>,
    /// The configuration: policies, waivers, parameters, modes
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}
