//! `rollgate-webhook watch`: puts the audit together, and takes it apart at the end.
//!
//! Connects, opens the port, asks for the Lease, and on a signal to end gives it up.

mod port;

use std::sync::Arc;

use miette::IntoDiagnostic as _;
use prometheus_client::registry::Registry;
use rollgate_engine::Limits;
use rollgate_sources::cluster::{Cluster, Events, Leadership, Live, WatchOptions};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing::info;

use crate::args::Watch;
use crate::audit::{Audit, Policies, Writer};
use crate::metrics::AuditMetrics;

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
    let policies = Policies::load(arguments.config.clone())?;
    let (live, writer) = open(arguments).await?;
    let mut registry = Registry::default();
    let metrics = AuditMetrics::register(&mut registry);
    let asked = live.clone();
    let not_ready = Arc::new(move || asked.not_synced());
    let listener = TcpListener::bind(arguments.metrics_listen).await.into_diagnostic()?;
    info!(address = %listener.local_addr().into_diagnostic()?, "listening");
    let port = tokio::spawn(port::serve(listener, registry, not_ready));
    let mut audit = Audit::new(live, policies, metrics, writer, arguments.interval);
    tokio::select! {
        () = audit.run() => {}
        _ = terminate.recv() => info!("told to end"),
        _ = interrupt.recv() => info!("told to end"),
    }
    audit.end().await;
    port.abort();
    Ok(())
}

/// The objects, and what writes to their cluster.
async fn open(arguments: &Watch) -> miette::Result<(Live, Option<Writer>)> {
    if let Some(folder) = &arguments.objects {
        let live = Live::folder(&Limits::default(), folder).into_diagnostic()?;
        return Ok((live, None));
    }
    let options = WatchOptions { kubeconfig: arguments.kubeconfig.clone(), context: None };
    let cluster = Cluster::connect(&options).await.into_diagnostic()?;
    let namespace = arguments.namespace.as_deref().unwrap_or_else(|| cluster.namespace());
    let leadership = Leadership::ask(&cluster, namespace, LEASE, &arguments.identity);
    let live = Live::of(&cluster);
    let events = Events::new(&cluster, &arguments.identity);
    Ok((live, Some(Writer::new(cluster, leadership, events))))
}
