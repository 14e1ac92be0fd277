//! The port of `watch`: whether it lives, whether it is ready, and metrics.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse as _;
use axum::routing::get;
use prometheus_client::encoding::text::encode;
use prometheus_client::registry::Registry;
use tokio::net::TcpListener;

/// What is missing before it is ready.
pub(super) type NotReady = Arc<dyn Fn() -> Option<String> + Send + Sync>;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Serves `/healthz`, `/readyz` and `/metrics` until the task is aborted.
pub(super) async fn serve(listener: TcpListener, registry: Registry, not_ready: NotReady) {
    let ready = move || {
        std::future::ready(match not_ready() {
            None => (StatusCode::OK, "ok\n".to_owned()),
            Some(missing) => (StatusCode::SERVICE_UNAVAILABLE, format!("{missing}\n")),
        })
    };
    let registry = Arc::new(registry);
    let metrics = move || {
        let mut text = String::new();
        std::future::ready(match encode(&mut text, &registry) {
            Ok(()) => ([(CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        })
    };
    let router = Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics));
    if let Err(error) = axum::serve(listener, router).await {
        tracing::error!(%error, "health and metrics are served no longer");
    }
}
