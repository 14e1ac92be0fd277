//! The arguments of `certs`.

use std::path::PathBuf;

use clap::Args;

/// Make a certificate to try the webhook with.
#[derive(Debug, Args)]
#[command(
    after_help = "The CA's key is thrown away: nothing else can be signed with it. In a cluster \
    let the service CA or cert-manager make the certificate and renew it."
)]
pub(crate) struct Certs {
    /// The folder for `ca.crt`, `tls.crt` and `tls.key`
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Another DNS name or address of the webhook; repeat for several
    #[arg(long = "name", value_name = "DNS")]
    pub(crate) names: Vec<String>,
    /// Replace what is there
    #[arg(long)]
    pub(crate) force: bool,
}
