//! The open connections of a port: how many there are, and which makes room for another.
//!
//! Nothing tells the API server's connections from those of whoever reaches the port, so nobody is
//! kept out. At the limit the connection that has been idle for longest is closed, and those that never had a
//! request answered go first; where none is idle, the one whose request has been arriving for longest. One
//! whose request has arrived is never closed.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
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
    doing: AtomicU8,
    served: AtomicBool,
    makes_room: Notify,
}

/// What a connection is doing: nothing.
const IDLE: u8 = 0;
/// A request is arriving.
const READING: u8 = 1;
/// A request has arrived and is not answered yet.
const JUDGING: u8 = 2;

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

    /// A place for another connection; none where every connection waits for an answer.
    pub(crate) fn admit(self: &Arc<Self>) -> Option<Place> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.by_number.len() >= self.most {
            let number = open.least_needed()?;
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
    fn least_needed(&self) -> Option<u64> {
        let closable = self.by_number.iter().filter(|(_, connection)| connection.doing() < JUDGING);
        let first = closable.min_by_key(|(_, connection)| {
            let served = connection.served.load(Ordering::Relaxed);
            (connection.doing(), served, connection.last_used())
        });
        first.map(|(number, _)| *number)
    }
}

impl Connection {
    fn new() -> Self {
        Self {
            opened: Instant::now(),
            used: AtomicU64::new(0),
            doing: AtomicU8::new(IDLE),
            served: AtomicBool::new(false),
            makes_room: Notify::new(),
        }
    }

    /// The head of a request has arrived.
    pub(crate) fn begin(&self) {
        self.used_now();
        self.doing.store(READING, Ordering::Relaxed);
    }

    /// The request has arrived whole.
    pub(crate) fn has_arrived(&self) {
        self.doing.store(JUDGING, Ordering::Relaxed);
    }

    /// A request has been answered, and as it should have been or not.
    pub(crate) fn end(&self, well: bool) {
        self.used_now();
        self.doing.store(IDLE, Ordering::Relaxed);
        if well {
            self.served.store(true, Ordering::Relaxed);
        }
    }

    /// Whether there is a request in it.
    pub(crate) fn is_busy(&self) -> bool {
        self.doing() != IDLE
    }

    /// Whether there is a whole request in it.
    pub(crate) fn waits_for_answer(&self) -> bool {
        self.doing() == JUDGING
    }

    fn doing(&self) -> u8 {
        self.doing.load(Ordering::Relaxed)
    }

    fn used_now(&self) {
        let used = u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.used.store(used, Ordering::Relaxed);
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
        let begin = |place: &Place| {
            place.connection.begin();
            place.connection.has_arrived();
        };
        begin(&busy);
        let silent = connections.admit().unwrap();
        let another = connections.admit().unwrap();
        begin(&another);
        let open = |place: &Place| {
            place.connections.open.lock().unwrap().by_number.contains_key(&place.number)
        };
        assert_eq!((open(&served), open(&busy), open(&silent)), (true, true, false));
        let last = connections.admit().unwrap();
        last.connection.begin();
        assert_eq!((open(&served), open(&busy), open(&another)), (false, true, true));
        let patient = connections.admit().unwrap();
        assert!(!open(&last), "its request was arriving");
        begin(&patient);
        assert!(connections.admit().is_none(), "every connection waits for an answer");
        drop(busy);
        assert!(connections.admit().is_some());
    }
}
