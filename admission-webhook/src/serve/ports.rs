//! The ports of `serve`: reviews, health and metrics, metrics with TLS.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use prometheus_client::registry::Registry;
use rollgate_engine::Limits as Content;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing::{info, warn};

use super::ServeError;
use crate::args::Serve;
use crate::health;
use crate::metrics::{AdmissionMetrics, CertificateMetrics, TlsMetrics};
use crate::review::Reviewer;
use crate::server::limits::{CONNECTIONS, OTHER_FILES};
use crate::server::{self, Limits, Phase, Port};
use crate::tls::{ClientFiles, Clients, Files, Pair, Profile, Serving, Tls};

/// The ports, and the files that their TLS goes by.
pub(super) struct Ports {
    pub(super) reviews: Port,
    pub(super) others: Vec<Port>,
    pub(super) files: Files,
}

/// Opens them all.
pub(super) async fn open(
    arguments: &Serve,
    reviewer: &Arc<dyn Reviewer>,
    mut registry: Registry,
    phases: &watch::Receiver<Phase>,
) -> Result<Ports, ServeError> {
    let mut limits = arguments.limits();
    limits.connections = limits.connections.min(openable());
    let files = read(arguments, CertificateMetrics::register(&mut registry))?;
    let admission = AdmissionMetrics::register(&mut registry);
    let ports = TlsMetrics::register(&mut registry);
    let registry = Arc::new(registry);

    let reviews = Port {
        name: "reviews",
        listener: listen("reviews", arguments.listen, "--listen").await?,
        tls: Some(Arc::clone(&files.reviews)),
        router: server::router(Arc::clone(reviewer), &limits, admission),
        limits,
        metrics: ports.of("reviews"),
    };
    let asked = Arc::clone(reviewer);
    let health = health::router(phases.clone(), Arc::new(move || asked.not_ready()));
    let mut others = vec![Port {
        name: "health",
        listener: listen("health", arguments.common.metrics_listen, "--metrics-listen").await?,
        tls: None,
        router: health.merge(health::metrics_router(Arc::clone(&registry))),
        limits: Limits::of_health(),
        metrics: ports.of("health"),
    }];
    if let (Some(address), Some(clients)) = (arguments.metrics_tls_listen, &files.metrics) {
        others.push(Port {
            name: "metrics",
            listener: listen("metrics", address, "--metrics-tls-listen").await?,
            tls: Some(Arc::clone(&clients.tls)),
            router: health::metrics_router(registry),
            limits: Limits::of_health(),
            metrics: ports.of("metrics"),
        });
    }
    Ok(Ports { reviews, others, files })
}

async fn listen(
    port: &'static str,
    address: SocketAddr,
    flag: &'static str,
) -> Result<TcpListener, ServeError> {
    let failed = |source| ServeError::Listen { address, flag, source };
    let listener = server::listen(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    info!(port, %address, "listening");
    Ok(listener)
}

/// Reads what TLS needs.
fn read(arguments: &Serve, counted: CertificateMetrics) -> Result<Files, ServeError> {
    let (pair, bytes) = Pair::read(&arguments.tls_dir)?;
    counted.serves(pair.ends);
    let serving = Serving::new(&pair);
    let profile = Profile::default();
    let metrics = match &arguments.metrics_client_ca {
        None => None,
        Some(path) => {
            let names = arguments.metrics_client_names.clone();
            let (clients, bytes) = Clients::read(path, &names)?;
            let tls = Arc::new(Tls::new(Arc::clone(&serving), &profile, Some(&clients))?);
            Some(ClientFiles { path: path.clone(), names, bytes, clients, tls })
        }
    };
    let reviews = Arc::new(Tls::new(Arc::clone(&serving), &profile, None)?);
    let folder = arguments.tls_dir.clone();
    Ok(Files { folder, bytes, pair, serving, reviews, metrics, counted })
}

/// How many connections the process may open, of which something is left for other files.
fn openable() -> usize {
    let limit = Path::new("/proc/self/limits");
    let files = rollgate_sources::read_file(&Content::default(), limit).ok();
    let soft = files.as_ref().and_then(|file| soft_limit(std::str::from_utf8(file.bytes()).ok()?));
    let Some(soft) = soft else { return usize::MAX };
    let left = soft.saturating_sub(OTHER_FILES).max(1);
    if left < CONNECTIONS {
        warn!(open_files = soft, connections = left, "few files may be open: raise `ulimit -n`");
    }
    left
}

/// The first number of a line as `Max open files  1024  524288  files`; none where it is unlimited.
fn soft_limit(limits: &str) -> Option<usize> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}
