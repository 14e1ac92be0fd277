//! The arguments of `manifests`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use oci_spec::distribution::Reference;

/// How long a DNS label may be (RFC 1123, section 2.1).
const MAX_LABEL: usize = 63;

/// Print what is installed in a cluster.
#[derive(Debug, Args)]
#[command(after_help = "Three phases, each applied over the one before:\n\
    \x20 rollgate-webhook manifests --phase report | oc apply --server-side -f -\n\
    \x20 rollgate-webhook manifests --phase warn | oc apply --server-side -f -\n\
    \x20 rollgate-webhook manifests --phase enforce | oc apply --server-side -f -")]
pub(crate) struct Manifests {
    /// What the cluster is
    #[arg(long, value_enum, default_value_t)]
    pub(crate) overlay: Overlay,
    /// What happens where something is unsafe
    #[arg(long, value_enum, default_value_t)]
    pub(crate) phase: Phase,
    /// Your `rollgate.yaml`, in place of the phase's; the mode in it counts then
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The image to run, best by digest
    #[arg(long, value_name = "REFERENCE", value_parser = image)]
    pub(crate) image: Option<String>,
    /// The namespace to run in
    #[arg(long, value_name = "NAME", default_value = "rollgate", value_parser = namespace)]
    pub(crate) namespace: String,
    /// Leave out scraping, rules, alerts and dashboards, which need the Prometheus operator
    #[arg(long)]
    pub(crate) no_monitoring: bool,
}

/// The kinds of clusters, which differ in who makes certificates and who scrapes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Overlay {
    /// OpenShift and OKD: the service CA and the platform's monitoring
    #[default]
    Openshift,
    /// Any other: cert-manager and the Prometheus operator
    Kubernetes,
}

/// The phases of a rollout.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Phase {
    /// Count and report, and tell nobody
    #[default]
    Report,
    /// Warn whoever changes something
    Warn,
    /// Refuse, also where no replica answers
    Enforce,
}

/// A reference that a kubelet could pull.
fn image(text: &str) -> Result<String, String> {
    Reference::from_str(text).map_err(|error| error.to_string())?;
    Ok(text.to_owned())
}

/// A DNS label, which a namespace's name is.
fn namespace(text: &str) -> Result<String, String> {
    let within = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let label = text.bytes().all(within) && !text.starts_with('-') && !text.ends_with('-');
    if label && (1..=MAX_LABEL).contains(&text.len()) {
        return Ok(text.to_owned());
    }
    Err(format!("a namespace has 1 to {MAX_LABEL} lower case letters, digits and inner dashes"))
}
