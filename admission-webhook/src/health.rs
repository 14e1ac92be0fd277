//! What is served beside the reviews: whether the process lives, whether it is ready, and metrics.
//!
//! ```text
//! GET /healthz  200 ok
//! GET /readyz   200 ok, or 503 and what is missing
//! GET /metrics  OpenMetrics text
//! ```

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use prometheus_client::registry::Registry;
use tokio::sync::watch;

use crate::metrics;
use crate::server::Phase;

/// What is asked whether the process is ready: what is missing, if so.
pub(crate) type NotReady = Arc<dyn Fn() -> Option<String> + Send + Sync>;

/// `/healthz` and `/readyz`.
pub(crate) fn router(phases: watch::Receiver<Phase>, not_ready: NotReady) -> Router {
    let ready = move || {
        let missing = match *phases.borrow() {
            Phase::Serving => not_ready(),
            Phase::Draining | Phase::Closing => Some("about to end".to_owned()),
        };
        std::future::ready(match missing {
            None => (StatusCode::OK, "ok\n".to_owned()),
            Some(missing) => (StatusCode::SERVICE_UNAVAILABLE, format!("{missing}\n")),
        })
    };
    Router::new().route("/healthz", get(async || "ok\n")).route("/readyz", get(ready))
}

/// `/metrics`.
pub(crate) fn metrics_router(registry: Arc<Registry>) -> Router {
    Router::new().route("/metrics", get(move || std::future::ready(text(&registry))))
}

fn text(registry: &Registry) -> Response {
    match metrics::text(registry) {
        Ok(text) => ([(CONTENT_TYPE, metrics::CONTENT_TYPE)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
