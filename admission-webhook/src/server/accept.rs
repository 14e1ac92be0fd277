//! The loop that accepts a port's connections, and ends them when the server ends.

use std::sync::Arc;

use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{self, Instant};
use tracing::{debug, info, warn};

use super::connection::Serving;
use super::connections::Connections;
use super::limits::{ACCEPT_AGAIN, QUIET};
use super::{Phase, Port, reached};

impl Port {
    /// Serves until the phases reach [`Phase::Closing`] and every connection has ended, or until
    /// the time for that is over.
    pub(crate) async fn serve(self, mut phases: watch::Receiver<Phase>) {
        let mut tasks = JoinSet::new();
        let connections = Connections::new(self.limits.connections);
        let (limits, name, listener) = (self.limits.clone(), self.name, self.listener);
        let serving = Arc::new(Serving {
            tls: self.tls,
            router: self.router,
            limits: self.limits,
            metrics: self.metrics,
            phases: phases.clone(),
        });
        let mut closing: Option<Instant> = None;
        loop {
            let accepts_until = closing.unwrap_or_else(Instant::now) + QUIET;
            tokio::select! {
                biased;
                Some(_ended) = tasks.join_next() => {}
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => admit(&serving, &connections, stream, &mut tasks),
                    Err(error) => {
                        warn!(port = name, %error, "a connection could not be accepted");
                        time::sleep(ACCEPT_AGAIN).await;
                    }
                },
                () = reached(&mut phases, Phase::Closing), if closing.is_none() => {
                    info!(port = name, connections = tasks.len(), "connections are being closed");
                    closing = Some(Instant::now());
                }
                // After `accept`, as whoever is in the queue already still gets an answer.
                () = std::future::ready(()), if closing.is_some() && tasks.is_empty() => break,
                () = time::sleep_until(accepts_until), if closing.is_some() => break,
            }
        }
        drop(listener);
        let all = async { while tasks.join_next().await.is_some() {} };
        let end = closing.unwrap_or_else(Instant::now) + limits.drain_timeout;
        if time::timeout_at(end, all).await.is_err() {
            warn!(port = name, connections = tasks.len(), "connections did not end in time");
        }
    }
}

fn admit(
    serving: &Arc<Serving>,
    connections: &Arc<Connections>,
    stream: TcpStream,
    tasks: &mut JoinSet<()>,
) {
    let Some(place) = connections.admit() else {
        return debug!("a connection was refused: every other one waits for an answer");
    };
    tasks.spawn(Arc::clone(serving).connection(stream, place));
}
