//! `rollgate-webhook serve`: puts the server together, and takes it apart at the end.
//!
//! Opens the ports, says when reviews can be answered, and on a signal to end first says so, then goes on for
//! as long as anybody may not have heard, then closes.

mod floor;
mod ports;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time;
use tracing::{info, warn};

use crate::args::Serve;
use crate::metrics::{self, PolicyMetrics};
use crate::review::Reviewer;
use crate::server::Phase;
use crate::tls::{self, Profile};
use floor::{Floor, Nobody};
use ports::Ports;

/// At the end, reviews that nobody waits for any more get this long.
const LAST_REVIEWS: Duration = Duration::from_millis(100);

/// Why the server cannot start.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(crate) enum ServeError {
    /// A port cannot be listened on.
    #[error("`{address}` cannot be listened on")]
    #[diagnostic(help("choose another address with `{flag}`"))]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The flag that sets it.
        flag: &'static str,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The certificate cannot be served.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Pair(#[from] tls::pair::PairError),
    /// Clients cannot be verified.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Clients(#[from] tls::clients::ClientsError),
    /// TLS cannot be configured.
    #[error("TLS cannot be configured")]
    Tls(#[from] rustls::Error),
    /// The system refuses what a server needs.
    #[error("the server cannot be started")]
    System(#[from] std::io::Error),
}

/// Serves until it is told to end.
pub(crate) fn run(arguments: &Serve) -> miette::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(ServeError::System)?;
    let ended = runtime.block_on(serve(arguments));
    runtime.shutdown_timeout(LAST_REVIEWS);
    Ok(ended?)
}

async fn serve(arguments: &Serve) -> Result<(), ServeError> {
    let mut end = End::listen()?;
    let mut registry = metrics::registry();
    let policies = PolicyMetrics::register(&mut registry);
    policies.loaded(&rollgate_engine::policy::library_digest().to_string());
    let reviewer = reviewer(arguments);
    let (phase, phases) = watch::channel(Phase::Serving);
    // What the cluster's APIServer object asks for is sent here.
    let (_profile, profiles) = watch::channel(Profile::default());
    let Ports { reviews, others, files } =
        ports::open(arguments, &reviewer, registry, &phases).await?;

    let (_until_the_end, forever) = watch::channel(Phase::Serving);
    let mut background = JoinSet::new();
    background.spawn(tls::keep_up(files, profiles));
    for port in others {
        background.spawn(port.serve(forever.clone()));
    }
    let reviews = tokio::spawn(reviews.serve(phases));
    end.told().await;
    info!("told to end: not ready any more, requests are still answered");
    phase.send_replace(Phase::Draining);
    let hurried = end.told_within(arguments.drain_delay()).await;
    phase.send_replace(Phase::Closing);
    tokio::select! {
        _ended = reviews => info!("ended, every request was answered"),
        () = end.told(), if !hurried => warn!("told to end again, and ended with open connections"),
    }
    Ok(())
}

/// What answers reviews.
fn reviewer(arguments: &Serve) -> Arc<dyn Reviewer> {
    if arguments.refuse_unjudged { Arc::new(Floor) } else { Arc::new(Nobody) }
}

/// The signals to end.
struct End {
    terminate: Signal,
    interrupt: Signal,
}

impl End {
    fn listen() -> Result<Self, ServeError> {
        let terminate = signal(SignalKind::terminate())?;
        Ok(Self { terminate, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn told(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    /// Waits this long; whether it was told again meanwhile, which ends the waiting.
    async fn told_within(&mut self, duration: Duration) -> bool {
        time::timeout(duration, self.told()).await.is_ok()
    }
}
