//! One connection: its handshake, its requests, its end.

use std::convert::Infallible;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use hyper::header::{CONNECTION, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time;
use tower::ServiceExt as _;
use tracing::debug;

use super::connections::{Connection, Place};
use super::limits::{BUFFER_BYTES, EVICTION, QUIET};
use super::{Limits, Phase, reached};
use crate::metrics::{HandshakeFailure, PortMetrics};
use crate::tls::{self, Tls};

/// What every connection of a port needs.
pub(super) struct Serving {
    pub(super) tls: Option<Arc<Tls>>,
    pub(super) router: Router,
    pub(super) limits: Limits,
    pub(super) metrics: PortMetrics,
    pub(super) phases: watch::Receiver<Phase>,
}

impl Serving {
    /// Serves a connection until it ends.
    pub(super) async fn connection(self: Arc<Self>, stream: TcpStream, place: Place) {
        let _open = self.metrics.connection();
        // An answer is one small write: waiting for more of it would cost up to 40 ms.
        let _best_effort = stream.set_nodelay(true);
        let Some(tls) = &self.tls else { return self.requests(stream, &place.connection).await };
        let handshake = time::timeout(self.limits.handshake, tls.acceptor().accept(stream));
        let stream = tokio::select! {
            done = handshake => done,
            () = place.connection.makes_room() => return,
        };
        match stream {
            Ok(Ok(stream)) => self.requests(stream, &place.connection).await,
            Ok(Err(error)) => match tls::handshake_failure(&error) {
                // A probe that only connects, as those of operators and load balancers.
                None => debug!("a connection ended before its handshake did"),
                Some(failure) => self.metrics.failed_handshake(failure, &error),
            },
            Err(_) => {
                let error = std::io::ErrorKind::TimedOut.into();
                self.metrics.failed_handshake(HandshakeFailure::Timeout, &error);
            }
        }
    }

    async fn requests<S>(&self, stream: S, connection: &Arc<Connection>)
    where
        S: AsyncRead + AsyncWrite + Send + Unpin,
    {
        let service = service_fn(|request| self.answer(request, connection));
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(self.limits.idle)
            .max_buf_size(BUFFER_BYTES);
        let mut served = pin!(http.serve_connection(TokioIo::new(stream), service));
        let ended = tokio::select! {
            ended = served.as_mut() => Some(ended),
            () = connection.makes_room() => None,
            () = self.over(connection) => None,
        };
        let ended = if let Some(ended) = ended {
            ended
        } else {
            served.as_mut().graceful_shutdown();
            // A request may have arrived meanwhile.
            let waits = connection.waits_for_answer();
            let patience = if waits { self.limits.drain_timeout } else { EVICTION };
            time::timeout(patience, served).await.unwrap_or(Ok(()))
        };
        if let Err(error) = ended {
            debug!(%error, "a connection broke off");
        }
    }

    async fn answer(
        &self,
        request: Request<Incoming>,
        connection: &Arc<Connection>,
    ) -> Result<hyper::Response<Body>, Infallible> {
        connection.begin();
        let arriving = |body| Arriving { body, connection: Arc::clone(connection) };
        let request = request.map(|body| Body::new(arriving(body)));
        let mut response = self.router.clone().oneshot(request).await?;
        if *self.phases.borrow() == Phase::Closing {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        connection.end(response.status() == StatusCode::OK);
        Ok(response)
    }

    /// Waits until the server closes and this connection has been quiet for a while. One in use
    /// gets `Connection: close` with its next answer, after which its client sends nothing more: to close
    /// it before could meet a request on its way.
    async fn over(&self, connection: &Connection) {
        reached(&mut self.phases.clone(), Phase::Closing).await;
        loop {
            let quiet = connection.last_used() + QUIET;
            if connection.is_busy() {
                time::sleep(QUIET).await;
            } else if quiet <= std::time::Instant::now() {
                return;
            } else {
                time::sleep_until(quiet.into()).await;
            }
        }
    }
}

/// A body that tells its connection when it has arrived.
struct Arriving {
    body: Incoming,
    connection: Arc<Connection>,
}

impl HttpBody for Arriving {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let this = self.get_mut();
        let frame = Pin::new(&mut this.body).poll_frame(context);
        if matches!(frame, Poll::Ready(None)) {
            this.connection.has_arrived();
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
