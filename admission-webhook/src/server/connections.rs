//! The open connections of a port: how many there are, and which makes room for another.
//!
//! Nothing tells the API server's connections from those of whoever reaches the port, so nobody is
//! kept out. At the limit the connection that has been idle for longest is closed, and those that never had a
//! request answered go first. One with a request in it is never closed.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// The open connections of a port.
#[derive(Debug)]
pub(crate) struct Connections {
    open: Mutex<Open>,
    most: usize,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    by_number: BTreeMap<u64, Arc<Connection>>,
}

/// What is known of one connection.
#[derive(Debug)]
pub(crate) struct Connection {
    opened: Instant,
    /// Milliseconds since it was opened at which it was last used.
    used: AtomicU64,
    busy: AtomicBool,
    served: AtomicBool,
    makes_room: Notify,
}

/// A connection's place; dropping it frees the place.
#[derive(Debug)]
pub(crate) struct Place {
    number: u64,
    connections: Arc<Connections>,
    pub(crate) connection: Arc<Connection>,
}

impl Connections {
    pub(crate) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { open: Mutex::default(), most })
    }

    /// A place for another connection; none where every connection has a request in it.
    pub(crate) fn admit(self: &Arc<Self>) -> Option<Place> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.by_number.len() >= self.most {
            let number = open.longest_idle()?;
            if let Some(evicted) = open.by_number.remove(&number) {
                evicted.makes_room.notify_one();
            }
        }
        let number = open.next;
        open.next += 1;
        let connection = Arc::new(Connection::new());
        open.by_number.insert(number, Arc::clone(&connection));
        Some(Place { number, connections: Arc::clone(self), connection })
    }
}

impl Open {
    fn longest_idle(&self) -> Option<u64> {
        let idle = self.by_number.iter().filter(|(_, connection)| !connection.is_busy());
        idle.min_by_key(|(_, connection)| {
            (connection.served.load(Ordering::Relaxed), connection.last_used())
        })
        .map(|(number, _)| *number)
    }
}

impl Connection {
    fn new() -> Self {
        Self {
            opened: Instant::now(),
            used: AtomicU64::new(0),
            busy: AtomicBool::new(false),
            served: AtomicBool::new(false),
            makes_room: Notify::new(),
        }
    }

    /// A request has come.
    pub(crate) fn begin(&self) {
        self.busy.store(true, Ordering::Relaxed);
    }

    /// A request has been answered, and as it should have been or not.
    pub(crate) fn end(&self, well: bool) {
        let used = u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.used.store(used, Ordering::Relaxed);
        self.busy.store(false, Ordering::Relaxed);
        if well {
            self.served.store(true, Ordering::Relaxed);
        }
    }

    /// Whether there is a request in it.
    pub(crate) fn is_busy(&self) -> bool {
        self.busy.load(Ordering::Relaxed)
    }

    /// When it was last used.
    pub(crate) fn last_used(&self) -> Instant {
        self.opened + Duration::from_millis(self.used.load(Ordering::Relaxed))
    }

    /// Waits until this connection has to make room for another.
    pub(crate) async fn makes_room(&self) {
        self.makes_room.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.connections.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.by_number.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_limit_the_idle_make_room_and_the_busy_do_not() {
        let connections = Connections::new(3);
        let served = connections.admit().unwrap();
        served.connection.begin();
        served.connection.end(true);
        let busy = connections.admit().unwrap();
        busy.connection.begin();
        let silent = connections.admit().unwrap();
        let another = connections.admit().unwrap();
        another.connection.begin();
        let open = |place: &Place| {
            place.connections.open.lock().unwrap().by_number.contains_key(&place.number)
        };
        assert_eq!((open(&served), open(&busy), open(&silent)), (true, true, false));
        let last = connections.admit().unwrap();
        last.connection.begin();
        assert_eq!((open(&served), open(&busy), open(&another)), (false, true, true));
        assert!(connections.admit().is_none(), "every connection has a request in it");
        drop(busy);
        assert!(connections.admit().is_some());
    }
}
