//! The arguments of `watch`.

use std::time::Duration;

use clap::Args;
use jiff::SignedDuration;

use super::Common;

/// Judge everything in the cluster, again and again.
///
/// Every replica exports metrics; the one that holds the Lease writes Events and policy reports.
#[derive(Debug, Args)]
#[command(after_help = "In a pod the defaults are enough. Without a cluster:\n\
    \x20 rollgate-webhook watch --objects cluster/ --metrics-listen 127.0.0.1:8080")]
pub(crate) struct Watch {
    #[command(flatten)]
    pub(crate) common: Common,
    /// How often is judged where nothing changes: waivers end, and rules take effect
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = interval)]
    pub(crate) interval: Duration,
    /// The namespace of the Lease; by default, that of the credentials
    #[arg(long, value_name = "NAME")]
    pub(crate) namespace: Option<String>,
    /// Who holds the Lease: in a pod, its name
    #[arg(long, value_name = "NAME", env = "HOSTNAME", default_value = "rollgate")]
    pub(crate) identity: String,
}

/// The bounds of the interval: judging takes seconds, and waivers end at midnight.
const INTERVALS: (Duration, Duration) = (Duration::from_secs(1), Duration::from_hours(24));

/// Reads `10m`, `1h 30m` or `90s`.
fn interval(text: &str) -> Result<Duration, String> {
    let read = text.parse::<SignedDuration>().map_err(|error| error.to_string())?;
    let interval = Duration::try_from(read).map_err(|_| "it is negative".to_owned())?;
    if interval < INTERVALS.0 || interval > INTERVALS.1 {
        return Err("it is not between `1s` and `24h`".to_owned());
    }
    Ok(interval)
}
