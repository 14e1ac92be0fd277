//! `rollgate-webhook watch`: puts the audit together, and takes it apart at the end.
//!
//! Connects, opens the port, asks for the Lease, and on a signal to end gives it up.

use std::sync::Arc;

use miette::IntoDiagnostic as _;
use rollgate_engine::telemetry::Telemetry;
use rollgate_sources::cluster::{Cluster, Events, Leadership, Live, WatchOptions};
use tokio::signal::unix::{SignalKind, signal};
use tracing::info;

use crate::args::Watch;
use crate::audit::{Audit, Writer};
use crate::health;
use crate::judging::Current;
use crate::metrics::{self, AuditMetrics, PolicyMetrics, TelemetryMetrics, TlsMetrics};
use crate::reload;
use crate::server::limits::HEALTH_CONNECTIONS;
use crate::server::{self, Limits, Phase, Port};

/// The name of the Lease, which the role of the audit's account names.
const LEASE: &str = "rollgate-audit";

/// Audits until it is told to end.
pub(crate) fn run(arguments: &Watch) -> miette::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.into_diagnostic()?.block_on(watch(arguments))
}

async fn watch(arguments: &Watch) -> miette::Result<()> {
    let mut terminate = signal(SignalKind::terminate()).into_diagnostic()?;
    let mut interrupt = signal(SignalKind::interrupt()).into_diagnostic()?;
    let judging = Arc::new(Current::load(arguments.common.config.clone())?);
    let (live, writer) = open(arguments).await?;
    let mut registry = metrics::registry();
    let policies = PolicyMetrics::register(&mut registry);
    policies.loaded(&judging.get().policies.digest().to_string());
    let counted = AuditMetrics::register(&mut registry);
    let known = {
        let judging = judging.get();
        Telemetry::new(&judging.policies, &judging.settings.limits).into_diagnostic()?.known_names()
    };
    let telemetry = TelemetryMetrics::register(&mut registry, known);
    let port_metrics = TlsMetrics::register(&mut registry).of("health");
    let asked = live.clone();
    let not_ready = Arc::new(move || asked.not_synced());
    let listener = server::listen(arguments.common.metrics_listen).await.into_diagnostic()?;
    info!(port = "health", address = %listener.local_addr().into_diagnostic()?, "listening");
    let (_until_the_end, phases) = tokio::sync::watch::channel(Phase::Serving);
    let router = health::router(phases.clone(), not_ready);
    let port = Port {
        name: "health",
        listener,
        tls: None,
        router: router.merge(health::metrics_router(Arc::new(registry))),
        limits: Limits { connections: HEALTH_CONNECTIONS, ..Limits::default() },
        metrics: port_metrics,
    };
    let port = tokio::spawn(port.serve(phases));
    let reloading = tokio::spawn(reload::keep_up(Arc::clone(&judging), policies));
    let mut audit = Audit::new(live, judging, (counted, telemetry), writer, arguments.interval);
    tokio::select! {
        () = audit.run() => {}
        _ = terminate.recv() => info!("told to end"),
        _ = interrupt.recv() => info!("told to end"),
    }
    audit.end().await;
    reloading.abort();
    port.abort();
    Ok(())
}

/// The objects, and what writes to their cluster.
async fn open(arguments: &Watch) -> miette::Result<(Live, Option<Writer>)> {
    if let Some(folder) = &arguments.common.objects {
        let live = Live::folder(&rollgate_engine::Limits::default(), folder).into_diagnostic()?;
        return Ok((live, None));
    }
    let options = WatchOptions { kubeconfig: arguments.common.kubeconfig.clone(), context: None };
    let cluster = Cluster::connect(&options).await.into_diagnostic()?;
    let namespace = arguments.namespace.as_deref().unwrap_or_else(|| cluster.namespace());
    let leadership = Leadership::ask(&cluster, namespace, LEASE, &arguments.identity);
    let live = Live::of(&cluster);
    let events = Events::new(&cluster, &arguments.identity);
    Ok((live, Some(Writer::new(cluster, leadership, events))))
}
