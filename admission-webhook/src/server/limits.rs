//! What one client may take of the server, and for how long.
//!
//! Each limit is a named constant with its reason; those that an operator may want otherwise are flags
//! of `serve`, with these as defaults.

use std::num::NonZeroUsize;
use std::thread;
use std::time::Duration;

/// A connection without a request is closed after this. Go's client, which the API server uses, gives up an idle
/// connection after 90 s: were we first, a request could meet a closing connection, and a POST is not
/// tried again.
pub(crate) const IDLE: Duration = Duration::from_mins(2);
const _: () = assert!(IDLE.as_secs() > 90);

/// A TLS handshake is three packets; the API server itself waits 10 s for it (`net/http`'s default).
pub(crate) const HANDSHAKE: Duration = Duration::from_secs(10);

/// A body of 3 MiB over a network of 10 Mbit/s arrives within this; the API server calls with a timeout of 5 s.
pub(crate) const BODY: Duration = Duration::from_secs(5);

/// The API server takes 3 MiB of a client, and the largest object that etcd can store makes a review of 3.1 MiB
/// where all of it is escaped. With room for both objects of an update, as controller-runtime has.
pub(crate) const BODY_BYTES: usize = 8 * 1024 * 1024;

/// A body that is refused is read up to this many times the limit and dropped.
pub(crate) const DISCARDED: usize = 4;

/// All bodies that are being read or wait to be judged, in bytes. 64 reviews of 1 MB at once take half of it.
pub(crate) const BODIES_BYTES: usize = 128 * 1024 * 1024;

/// Connections at once. Three API servers keep at most 25 idle ones each; beyond this many, the one
/// that has been idle for longest makes room, so that idle connections cost 32 MiB at most and
/// keep nobody out.
pub(crate) const CONNECTIONS: usize = 1_024;

/// File descriptors that are not connections: the log, the listeners, watches of the cluster, files being read.
pub(crate) const OTHER_FILES: usize = 256;

/// Connections of the ports of health and metrics: the kubelet and a few scrapers.
pub(crate) const HEALTH_CONNECTIONS: usize = 64;

/// Reviews that wait for a core. Each takes milliseconds, so the last of them is judged in time.
pub(crate) const WAITING: usize = 128;

/// Where the API server does not say how long it waits; what the manifests set.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(5);

/// The longest that an API server can be told to wait (`timeoutSeconds`).
pub(crate) const LONGEST_TIMEOUT: Duration = Duration::from_secs(30);

/// Of the API server's timeout this much is kept for the network and for writing the answer.
pub(crate) const MARGIN: Duration = Duration::from_millis(500);

/// A buffer of a connection, and so the most that a request's head can take. The API server's is below 1 KiB.
pub(crate) const BUFFER_BYTES: usize = 32 * 1024;

/// How long endpoints need to forget a pod that ends: `kube-proxy` and the API server's own resolver lag
/// behind by some seconds.
pub(crate) const DRAIN_DELAY: Duration = Duration::from_secs(12);

/// How long open connections then have to end. The longest review takes 5 s; with the delay it
/// stays below the 45 s that the pod is given.
pub(crate) const DRAIN_TIMEOUT: Duration = Duration::from_secs(20);

/// While connections are being closed, one that has been quiet for this long is closed without
/// waiting for a request that could carry `Connection: close`.
pub(crate) const QUIET: Duration = Duration::from_secs(3);

/// What makes room for another connection has this long to end in order.
pub(crate) const EVICTION: Duration = Duration::from_secs(1);

/// Where no connection can be accepted, as without file descriptors, it is tried again after this.
pub(crate) const ACCEPT_AGAIN: Duration = Duration::from_millis(100);

/// The settings of a server's ports.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// Idle time of a connection, and the time that a request's head may take.
    pub(crate) idle: Duration,
    /// Time of a TLS handshake.
    pub(crate) handshake: Duration,
    /// Time of a request's body.
    pub(crate) body: Duration,
    /// Size of a request's body.
    pub(crate) body_bytes: usize,
    /// Connections at once.
    pub(crate) connections: usize,
    /// Reviews judged at once.
    pub(crate) running: usize,
    /// Reviews that wait.
    pub(crate) waiting: usize,
    /// Time for connections to end.
    pub(crate) drain_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            idle: IDLE,
            handshake: HANDSHAKE,
            body: BODY,
            body_bytes: BODY_BYTES,
            connections: CONNECTIONS,
            running: thread::available_parallelism().map_or(1, NonZeroUsize::get),
            waiting: WAITING,
            drain_timeout: DRAIN_TIMEOUT,
        }
    }
}

impl Limits {
    /// Those of a port of health and metrics.
    pub(crate) fn of_health() -> Self {
        Self { connections: HEALTH_CONNECTIONS, ..Self::default() }
    }
}
