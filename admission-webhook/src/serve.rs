//! `rollgate-webhook serve`: puts the server together, and takes it apart at the end.
//!
//! Opens the ports, says when reviews can be answered, and on a signal to end first says so, then goes on for
//! as long as anybody may not have heard, then closes.

mod floor;
mod follow;
mod ports;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rollgate_sources::cluster::ClusterError;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time;
use tracing::{info, warn};

use crate::args::Serve;
use crate::images::ImageFacts;
use crate::judging::Current;
use crate::metrics::{self, PolicyMetrics};
use crate::reload;
use crate::review::Reviewer;
use crate::reviewer::LiveReviewer;
use crate::server::Phase;
use crate::state::State;
use crate::tls::{self, Profile};
use floor::Floor;
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
    /// The cluster's objects cannot be had.
    #[error(transparent)]
    #[diagnostic(help(
        "name a kubeconfig with `--kubeconfig`, or a folder of objects with `--objects`"
    ))]
    Cluster(#[from] ClusterError),
    /// The system refuses what a server needs.
    #[error("the server cannot be started")]
    System(#[from] std::io::Error),
}

/// Serves until it is told to end.
pub(crate) fn run(arguments: &Serve) -> miette::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(ServeError::System)?;
    let judging = Arc::new(Current::load(arguments.common.config.clone())?);
    let ended = runtime.block_on(serve(arguments, judging));
    runtime.shutdown_timeout(LAST_REVIEWS);
    Ok(ended?)
}

async fn serve(arguments: &Serve, judging: Arc<Current>) -> Result<(), ServeError> {
    let mut end = End::listen()?;
    let mut registry = metrics::registry();
    let policies = PolicyMetrics::register(&mut registry);
    policies.loaded(&judging.get().policies.digest().to_string());
    let state = Arc::new(State::default());
    let reviewer = reviewer(arguments, &judging, &state);
    let (phase, phases) = watch::channel(Phase::Serving);
    // What the cluster's APIServer object asks for is sent here.
    let (profile, profiles) = watch::channel(Profile::default());
    let Ports { reviews, others, files } =
        ports::open(arguments, &reviewer, registry, &phases).await?;

    let (_until_the_end, forever) = watch::channel(Phase::Serving);
    let mut background = JoinSet::new();
    background.spawn(tls::keep_up(files, profiles));
    let live = follow::objects(arguments, &judging).await?;
    background.spawn(follow::follow(live, state, Arc::clone(&judging), profile));
    background.spawn(reload::keep_up(judging, policies));
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
fn reviewer(arguments: &Serve, judging: &Arc<Current>, state: &Arc<State>) -> Arc<dyn Reviewer> {
    if arguments.refuse_unjudged {
        return Arc::new(Floor);
    }
    let images = ImageFacts::new(arguments.image_facts.clone());
    Arc::new(LiveReviewer::new(Arc::clone(judging), Arc::clone(state), images))
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
