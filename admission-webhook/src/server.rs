//! The server: ports, their connections, and the requests in them.
//!
//! Owns everything about HTTP: limits, timeouts, what is answered to what is no review, draining. Must not
//! know what a review says: `review::Reviewer` judges bodies.
//!
//! ```text
//! POST /validate?timeout=5s   {"kind":"AdmissionReview",…}  ->  200 {"kind":"AdmissionReview",…}
//! POST /validate              too many at once              ->  503, Retry-After: 1
//! ```

mod accept;
mod body;
mod connection;
mod connections;
pub(crate) mod limits;
mod validate;
mod work;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;

pub(crate) use limits::Limits;
pub(crate) use validate::router;

use crate::metrics::PortMetrics;
use crate::tls::Tls;

/// A port that is listened on, and what is served there.
pub(crate) struct Port {
    /// Its name in the log and in metrics.
    pub(crate) name: &'static str,
    /// Where connections come from.
    pub(crate) listener: TcpListener,
    /// TLS; plain HTTP without.
    pub(crate) tls: Option<Arc<Tls>>,
    /// What answers.
    pub(crate) router: Router,
    /// What a client may take.
    pub(crate) limits: Limits,
    /// What is counted.
    pub(crate) metrics: PortMetrics,
}

/// How far the server is on its way from start to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    /// Requests are welcome.
    Serving,
    /// The end is announced by `/readyz`; requests are answered as before.
    Draining,
    /// Answers carry `Connection: close`, and what is idle is closed.
    Closing,
}

/// Waits until this phase is reached. A server whose phases nobody sets any more closes.
pub(crate) async fn reached(phases: &mut watch::Receiver<Phase>, phase: Phase) {
    let _gone = phases.wait_for(|now| *now >= phase).await;
}

/// Listens on an address. `[::]` stands for every address, also where there is no IPv6.
pub(crate) async fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    match TcpListener::bind(address).await {
        Err(error) if address.is_ipv6() && address.ip().is_unspecified() => {
            let every = SocketAddr::from((Ipv4Addr::UNSPECIFIED, address.port()));
            TcpListener::bind(every).await.map_err(|_| error)
        }
        bound => bound,
    }
}
