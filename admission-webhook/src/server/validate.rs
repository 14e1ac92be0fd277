//! `POST /validate`: from a request to an answer.
//!
//! The API server takes anything but 200 for a failed call, which its failure policy decides. After 503
//! with `Retry-After` it calls again while its own timeout allows (`webhook.go` and `request.go` of
//! k8s.io/apiserver and client-go), so whatever passes by itself is answered with that.

use std::any::Any;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    ALLOW, CONNECTION, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER,
};
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use tower_http::catch_panic::CatchPanicLayer;
use tracing::{Instrument as _, debug, error, info_span, warn};

use super::Limits;
use super::body::{self, NotRead, Room};
use super::limits::{LONGEST_TIMEOUT, MARGIN, TIMEOUT};
use super::work::{Deadline, Failure, NotJudged, Work};
use crate::metrics::{AdmissionMetrics, Unanswered};
use crate::review::{Answer, Counted, Reviewer};

struct Validation {
    work: Work,
    room: Room,
    limits: Limits,
    metrics: AdmissionMetrics,
}

/// What is served on the port of the reviews.
pub(crate) fn router(
    reviewer: Arc<dyn Reviewer>,
    limits: &Limits,
    metrics: AdmissionMetrics,
) -> Router {
    let work = Work::new(reviewer, limits);
    let validation = Validation { work, room: Room::new(), limits: limits.clone(), metrics };
    Router::new()
        .route("/validate", post(validate).fallback(wrong_method))
        .fallback(nothing_here)
        .with_state(Arc::new(validation))
        .layer(CatchPanicLayer::custom(panicked))
}

async fn validate(State(validation): State<Arc<Validation>>, request: Request<Body>) -> Response {
    let id = request_id();
    let span = info_span!("request", id);
    let _in_flight = validation.metrics.in_flight();
    let arrived = Instant::now();
    validation.answer(id, arrived, request).instrument(span).await.unwrap_or_else(|refusal| {
        validation.metrics.unanswered(refusal.why);
        refusal.response()
    })
}

async fn wrong_method(state: State<Arc<Validation>>, request: Request<Body>) -> Response {
    state.discard(request).await;
    (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "POST")]).into_response()
}

async fn nothing_here(state: State<Arc<Validation>>, request: Request<Body>) -> Response {
    state.discard(request).await;
    StatusCode::NOT_FOUND.into_response()
}

impl Validation {
    async fn discard(&self, request: Request<Body>) {
        body::discard(request.into_body(), self.limits.body_bytes, self.limits.body).await;
    }

    async fn answer(
        &self,
        id: String,
        arrived: Instant,
        request: Request<Body>,
    ) -> Result<Response, Refusal> {
        if !is_json(request.headers()) {
            self.discard(request).await;
            return Err(Refusal::new(Unanswered::MediaType, "send `application/json`"));
        }
        if let Some(reason) = self.work.not_ready() {
            self.discard(request).await;
            return Err(Refusal::new(Unanswered::NotReady, reason));
        }
        let deadline = deadline(arrived, request.uri().query().unwrap_or_default());
        let (room, size) = (&self.room, self.limits.body_bytes);
        let held = body::read(request.into_body(), room, size, self.limits.body).await?;
        let (read, bytes) = (Instant::now(), held.bytes.len());
        let answer = self.work.review(id, held, deadline).await?;
        match answer {
            Answer::Review { body, counted } => {
                let took = read.elapsed();
                self.metrics.reviewed(&counted, took);
                told(&counted, took, bytes);
                let json = (CONTENT_TYPE, HeaderValue::from_static("application/json"));
                Ok(([json], body).into_response())
            }
            Answer::Malformed { reason } => {
                warn!(bytes, "what came is no review");
                Err(Refusal::new(Unanswered::Malformed, reason))
            }
        }
    }
}

/// Why a request has another answer than a review.
struct Refusal {
    why: Unanswered,
    message: String,
}

impl Refusal {
    fn new(why: Unanswered, message: impl Into<String>) -> Self {
        Self { why, message: message.into() }
    }

    fn response(self) -> Response {
        let (status, retry, close) = match self.why {
            Unanswered::Malformed => (StatusCode::BAD_REQUEST, false, false),
            Unanswered::Truncated => (StatusCode::BAD_REQUEST, false, true),
            Unanswered::MediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, false, false),
            Unanswered::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, false, true),
            Unanswered::Slow => (StatusCode::REQUEST_TIMEOUT, false, true),
            Unanswered::Shed | Unanswered::NotReady => {
                (StatusCode::SERVICE_UNAVAILABLE, true, false)
            }
            Unanswered::Panic | Unanswered::Overrun => {
                (StatusCode::INTERNAL_SERVER_ERROR, false, false)
            }
        };
        let mut response = (status, self.message).into_response();
        if retry {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if close {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

impl From<NotRead> for Refusal {
    fn from(not_read: NotRead) -> Self {
        match not_read {
            NotRead::TooLarge => Self::new(Unanswered::TooLarge, "the body is too large"),
            NotRead::Slow => Self::new(Unanswered::Slow, "the body did not arrive in time"),
            NotRead::Truncated => Self::new(Unanswered::Truncated, "the body is not complete"),
            NotRead::NoRoom => Self::new(Unanswered::Shed, "there is no room for the body now"),
        }
    }
}

impl From<NotJudged> for Refusal {
    fn from(not_judged: NotJudged) -> Self {
        match not_judged {
            NotJudged::Shed => Self::new(Unanswered::Shed, "there are too many reviews now"),
            NotJudged::Failed(Failure::Panic) => {
                error!("the review failed, which is a fault of the program");
                Self::new(Unanswered::Panic, "the review failed")
            }
            NotJudged::Failed(Failure::Overrun) => {
                error!("the review did not end in time");
                Self::new(Unanswered::Overrun, "the review did not end in time")
            }
        }
    }
}

/// What an answer cost. What was decided and why is for the reviewer to tell.
fn told(counted: &Counted, took: Duration, bytes: usize) {
    let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    debug!(decision = counted.decision, bytes, microseconds, "answered");
}

fn is_json(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let media_type = text(CONTENT_TYPE).and_then(|value| value.split(';').next());
    let encoding = text(CONTENT_ENCODING).unwrap_or("identity");
    media_type.is_some_and(|value| value.trim().eq_ignore_ascii_case("application/json"))
        && encoding.eq_ignore_ascii_case("identity")
}

/// When the API server that calls with `?timeout=5s` has to have its answer.
fn deadline(arrived: Instant, query: &str) -> Deadline {
    let parameter = query.split('&').find_map(|pair| pair.strip_prefix("timeout="));
    let seconds = parameter.and_then(|value| value.strip_suffix('s')?.parse::<u64>().ok());
    let timeout = seconds.map_or(TIMEOUT, Duration::from_secs);
    let timeout = timeout.clamp(Duration::from_secs(1), LONGEST_TIMEOUT);
    Deadline {
        decided: arrived + timeout.saturating_sub(MARGIN),
        answered: arrived + timeout.saturating_sub(MARGIN / 2),
    }
}

/// What ties the lines of the log about one request to each other.
fn request_id() -> String {
    format!("{:016x}", RandomState::new().build_hasher().finish())
}

fn panicked(_payload: Box<dyn Any + Send>) -> Response {
    error!("a request failed, which is a fault of the program");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use prometheus_client::registry::Registry;
    use tower::ServiceExt as _;

    use super::*;

    /// Does what the body says.
    struct Puppet(mpsc::SyncSender<()>);

    impl Reviewer for Puppet {
        fn review(&self, _decision: &str, body: &[u8], deadline: Instant) -> Answer {
            match body {
                b"panic" => panic!("as told, with a secret"),
                b"loop" => {
                    let _begun = self.0.send(());
                    while Instant::now() < deadline + Duration::from_secs(1) {
                        thread::yield_now();
                    }
                }
                _ => {}
            }
            Answer::Malformed { reason: "no review".to_owned() }
        }

        fn not_ready(&self) -> Option<String> {
            None
        }
    }

    /// A server that judges one review at once and lets none wait, and what tells that it loops.
    fn puppet() -> (Router, mpsc::Receiver<()>, Registry) {
        let second = Duration::from_secs(1);
        let limits = Limits {
            idle: second,
            handshake: second,
            body: second,
            body_bytes: 1_000,
            connections: 1,
            running: 1,
            waiting: 0,
            drain_timeout: second,
        };
        let mut registry = Registry::default();
        let (begun, loops) = mpsc::sync_channel(1);
        let metrics = AdmissionMetrics::register(&mut registry);
        (router(Arc::new(Puppet(begun)), &limits, metrics), loops, registry)
    }

    async fn ask(router: &Router, body: &'static str) -> Response {
        let request =
            Request::post("/validate?timeout=1s").header(CONTENT_TYPE, "application/json");
        router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn a_review_that_panics_is_an_error_and_the_next_is_judged() {
        let (router, _loops, registry) = puppet();
        assert_eq!(ask(&router, "panic").await.status(), 500);
        assert_eq!(ask(&router, "another").await.status(), 400);
        let text = crate::metrics::text(&registry).unwrap();
        assert!(text.contains("unanswered_total{reason=\"panic\"} 1"), "{text}");
    }

    #[tokio::test]
    async fn a_review_that_never_ends_is_an_error_in_time_and_keeps_its_thread_only() {
        let (router, loops, _registry) = puppet();
        let begun = Instant::now();
        let endless = tokio::spawn({
            let router = router.clone();
            async move { ask(&router, "loop").await.status() }
        });
        tokio::task::spawn_blocking(move || loops.recv()).await.unwrap().unwrap();
        let shed = ask(&router, "another").await;
        assert_eq!(shed.status(), 503);
        assert_eq!(shed.headers().get(RETRY_AFTER).unwrap(), "1");
        assert_eq!(endless.await.unwrap(), 500);
        assert!(begun.elapsed() >= Duration::from_millis(750));
        while ask(&router, "another").await.status() == 503 {
            tokio::task::yield_now().await;
        }
    }

    #[test]
    fn the_api_servers_timeout_is_the_deadline() {
        let arrived = Instant::now();
        let answered_within = |query| (deadline(arrived, query).decided - arrived).as_millis();
        assert_eq!(answered_within("timeout=10s"), 9_500);
        assert_eq!(answered_within("a=b&timeout=3s"), 2_500);
        assert_eq!(answered_within("timeout=900s"), 29_500);
        assert_eq!(answered_within("timeout=0s"), 500);
        assert_eq!(answered_within("timeout=-1s"), 4_500);
        assert_eq!(answered_within("timeout=99999999999999999999s"), 4_500);
        assert_eq!(answered_within(""), 4_500);
    }
}
