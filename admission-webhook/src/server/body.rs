//! Reading a request's body: under a limit of its own, a limit of all bodies together, and a time.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use hyper::body::Body as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time;

use super::limits::{BODIES_BYTES, DISCARDED};

/// Bytes that one permit of [`Room`] stands for.
const UNIT: usize = 4096;

/// The room of all bodies together.
#[derive(Debug, Clone)]
pub(crate) struct Room(Arc<Semaphore>);

impl Room {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Semaphore::new(BODIES_BYTES / UNIT)))
    }
}

/// A body, and the room that it takes for as long as it is held.
#[derive(Debug)]
pub(crate) struct Held {
    /// The body.
    pub(crate) bytes: Bytes,
    _room: Option<OwnedSemaphorePermit>,
}

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotRead {
    /// It is larger than a body may be.
    TooLarge,
    /// It did not arrive in time.
    Slow,
    /// The connection ended in it, or it is no HTTP.
    Truncated,
    /// There is no room for it now.
    NoRoom,
}

/// Reads a body of at most `limit` bytes within `within`. What is refused is read all the same, and dropped:
/// an answer that is sent while the client still writes would be lost with the connection.
pub(crate) async fn read(
    body: Body,
    room: &Room,
    limit: usize,
    within: Duration,
) -> Result<Held, NotRead> {
    let reading = Reading { room: Some(room), limit, ..Reading::default() };
    time::timeout(within, reading.collect(body)).await.unwrap_or(Err(NotRead::Slow))
}

/// Reads a body that nobody wants, under the same limits.
pub(crate) async fn discard(body: Body, limit: usize, within: Duration) {
    let reading = Reading { limit, refused: Some(NotRead::NoRoom), ..Reading::default() };
    let _unwanted = time::timeout(within, reading.collect(body)).await;
}

/// A body, as far as it has come.
#[derive(Default)]
struct Reading<'a> {
    room: Option<&'a Room>,
    limit: usize,
    length: usize,
    bytes: BytesMut,
    held: Option<OwnedSemaphorePermit>,
    refused: Option<NotRead>,
}

impl Reading<'_> {
    async fn collect(mut self, mut body: Body) -> Result<Held, NotRead> {
        let at_most = self.limit.saturating_mul(DISCARDED);
        let declared = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
        if declared > at_most {
            return Err(NotRead::TooLarge);
        }
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|_| NotRead::Truncated)?.into_data() else { continue };
            self.length = self.length.saturating_add(data.len());
            if self.length > at_most {
                return Err(NotRead::TooLarge);
            }
            self.take(&data);
        }
        match self.refused {
            None => Ok(Held { bytes: self.bytes.freeze(), _room: self.held }),
            Some(refused) => Err(refused),
        }
    }

    fn take(&mut self, data: &Bytes) {
        if self.length > self.limit {
            self.refused = Some(NotRead::TooLarge);
        } else if let (None, Some(room)) = (self.refused, self.room) {
            self.refused = take(room, &mut self.held, self.length).err();
        }
        if self.refused.is_some() {
            (self.bytes, self.held) = (BytesMut::new(), None);
        } else {
            self.bytes.extend_from_slice(data);
        }
    }
}

/// Takes room until there is enough for a body of this length.
fn take(
    room: &Room,
    held: &mut Option<OwnedSemaphorePermit>,
    length: usize,
) -> Result<(), NotRead> {
    let has = held.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
    let missing = u32::try_from(length.div_ceil(UNIT).saturating_sub(has)).unwrap_or(u32::MAX);
    if missing == 0 {
        return Ok(());
    }
    let more = Arc::clone(&room.0).try_acquire_many_owned(missing).map_err(|_| NotRead::NoRoom)?;
    match held {
        Some(held) => held.merge(more),
        None => *held = Some(more),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test]
    async fn a_body_takes_room_while_it_is_held() {
        let room = Room::new();
        let all = room.0.available_permits();
        let held = read(Body::from(vec![7; 10_000]), &room, 20_000, SECOND).await.unwrap();
        assert_eq!((held.bytes.len(), all - room.0.available_permits()), (10_000, 3));
        drop(held);
        assert_eq!(room.0.available_permits(), all);
    }

    #[tokio::test]
    async fn what_is_too_large_slow_or_one_too_many_is_not_read() {
        let room = Room::new();
        let read_of = |size| read(Body::from(vec![7; size]), &room, 100, SECOND);
        assert_eq!(read_of(101).await.unwrap_err(), NotRead::TooLarge);
        assert_eq!(read_of(1_000).await.unwrap_err(), NotRead::TooLarge);
        let never = Body::from_stream(futures::stream::pending::<Result<Bytes, std::io::Error>>());
        assert_eq!(
            read(never, &room, 100, Duration::from_millis(1)).await.unwrap_err(),
            NotRead::Slow
        );
        let none = Arc::clone(&room.0).try_acquire_many_owned(32_768).unwrap();
        assert_eq!(read_of(100).await.unwrap_err(), NotRead::NoRoom);
        drop(none);
        assert!(read_of(100).await.is_ok());
    }
}
