//! The arguments of `serve`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

/// Answer admission reviews.
#[derive(Debug, Args)]
#[command(after_help = "In a pod the defaults are enough. Without a cluster:\n\
    \x20 rollgate-webhook certs /tmp/tls\n\
    \x20 rollgate-webhook serve --tls-dir /tmp/tls --objects cluster/")]
pub(crate) struct Serve {
    /// Where HTTPS is served
    #[arg(long, value_name = "ADDR", default_value = "[::]:8443")]
    pub(crate) listen: SocketAddr,
    /// Where health and metrics are served, in plain HTTP
    #[arg(long, value_name = "ADDR", default_value = "[::]:8080")]
    pub(crate) metrics_listen: SocketAddr,
    /// Where metrics are served with TLS to clients that show a certificate
    #[arg(long, value_name = "ADDR")]
    pub(crate) metrics_tls_listen: Option<SocketAddr>,
    /// The folder of `tls.crt` and `tls.key`
    #[arg(long, value_name = "DIR", default_value = "/etc/rollgate/tls")]
    pub(crate) tls_dir: PathBuf,
    /// The cluster, where it is not the one that this runs in
    #[arg(long, value_name = "FILE", conflicts_with = "objects")]
    pub(crate) kubeconfig: Option<PathBuf>,
    /// The cluster's objects, in files instead of a cluster
    #[arg(long, value_name = "DIR")]
    pub(crate) objects: Option<PathBuf>,
    /// The configuration: policies, waivers, parameters, modes
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Facts of images, one file a digest
    #[arg(long, value_name = "DIR")]
    pub(crate) image_facts: Option<PathBuf>,
}
