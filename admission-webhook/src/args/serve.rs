//! The arguments of `serve`.

use std::fmt;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::Args;
use jiff::SignedDuration;

use super::Common;
use crate::server::Limits;
use crate::server::limits as default;

/// Answer admission reviews.
#[derive(Debug, Args)]
#[command(after_help = "In a pod the defaults are enough. Without a cluster:\n\
    \x20 rollgate-webhook certs /tmp/tls\n\
    \x20 rollgate-webhook serve --tls-dir /tmp/tls --objects cluster/")]
pub(crate) struct Serve {
    /// Where HTTPS is served
    #[arg(long, value_name = "ADDR", default_value = "[::]:8443")]
    pub(crate) listen: SocketAddr,
    #[command(flatten)]
    pub(crate) common: Common,
    /// Where metrics are served with TLS to clients that show a certificate
    #[arg(long, value_name = "ADDR", requires = "metrics_client_ca")]
    pub(crate) metrics_tls_listen: Option<SocketAddr>,
    /// The CA of clients that may read metrics with TLS
    #[arg(long, value_name = "FILE")]
    pub(crate) metrics_client_ca: Option<PathBuf>,
    /// The common name of a client that may read metrics with TLS; repeat for several
    #[arg(
        long = "metrics-client-name",
        value_name = "NAME",
        default_value = "system:serviceaccount:openshift-monitoring:prometheus-k8s"
    )]
    pub(crate) metrics_client_names: Vec<String>,
    /// The folder of `tls.crt` and `tls.key`
    #[arg(long, value_name = "DIR", default_value = "/etc/rollgate/tls")]
    pub(crate) tls_dir: PathBuf,
    /// Facts of images, one file a digest
    #[arg(long, value_name = "DIR")]
    pub(crate) image_facts: Option<PathBuf>,
    #[command(flatten)]
    timing: Timing,
    /// Refuse every review and judge none, to measure the server by itself
    #[arg(long, hide = true)]
    pub(crate) refuse_unjudged: bool,
}

/// What clients may take, and how the server ends.
#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
struct Timing {
    /// How long requests are answered as before after the signal to end
    #[arg(long, value_name = "TIME", default_value_t = Time(default::DRAIN_DELAY))]
    drain_delay: Time,
    /// How long a connection may be idle; more than the 90 s of the API server
    #[arg(long, value_name = "TIME", default_value_t = Time(default::IDLE))]
    idle_timeout: Time,
    /// How long a TLS handshake may take
    #[arg(long, value_name = "TIME", default_value_t = Time(default::HANDSHAKE))]
    handshake_timeout: Time,
    /// How long a request's body may take
    #[arg(long, value_name = "TIME", default_value_t = Time(default::BODY))]
    body_timeout: Time,
    /// How many connections may be open; beyond, the one that is idle for longest is closed
    #[arg(long, value_name = "COUNT", default_value_t = default::CONNECTIONS)]
    max_connections: usize,
    /// How many reviews are judged at once [default: as many as there are cores]
    #[arg(long, value_name = "COUNT")]
    concurrency: Option<NonZeroUsize>,
    /// How many reviews may wait; beyond, the API server is told to call again
    #[arg(long, value_name = "COUNT", default_value_t = default::WAITING)]
    queue: usize,
}

impl Serve {
    /// What clients may take.
    pub(crate) fn limits(&self) -> Limits {
        let default = Limits::default();
        Limits {
            idle: self.timing.idle_timeout.0,
            handshake: self.timing.handshake_timeout.0,
            body: self.timing.body_timeout.0,
            connections: self.timing.max_connections.max(1),
            running: self.timing.concurrency.map_or(default.running, NonZeroUsize::get),
            waiting: self.timing.queue,
            ..default
        }
    }

    /// How long requests are answered as before after the signal to end.
    pub(crate) fn drain_delay(&self) -> Duration {
        self.timing.drain_delay.0
    }
}

/// Longer than anything here is meant to take.
const LONGEST: Duration = Duration::from_hours(24);

/// A time as `12s`, `500ms` or `2m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Time(Duration);

impl FromStr for Time {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let time = text.parse::<SignedDuration>().ok().and_then(|time| time.try_into().ok());
        let wrong = "write a time as `12s`, `500ms` or `2m`, of a day at most";
        time.filter(|time| *time <= LONGEST).map(Self).ok_or(wrong)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match SignedDuration::try_from(self.0) {
            Ok(time) => write!(formatter, "{time:#}"),
            Err(_) => write!(formatter, "{:?}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_unit() {
        for (text, printed) in [("90s", "1m 30s"), ("5ms", "5ms"), ("2m", "2m"), ("1h 3s", "1h 3s")]
        {
            let time: Time = text.parse().unwrap();
            assert_eq!(time.to_string(), printed);
            assert_eq!(time.to_string().parse(), Ok(time));
        }
        for wrong in ["", "5", "s", "-1s", "25h", "99999999999s", "1 fortnight"] {
            assert!(wrong.parse::<Time>().is_err(), "{wrong}");
        }
    }
}
