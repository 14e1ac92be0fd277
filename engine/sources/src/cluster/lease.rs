//! The Lease that says which replica writes.
//!
//! Owns who may write, and until when. Must not know what is written. Replicas compare no clocks: a
//! Lease has expired when this process has seen it unchanged for its duration, as client-go has it
//! (`tools/leaderelection`). The holder stops writing well before another may begin.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use k8s_openapi::api::coordination::v1::{Lease, LeaseSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::MicroTime;
use k8s_openapi::jiff::Timestamp;
use kube::api::PostParams;
use kube::{Api, Error};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::connection::{Cluster, code, reason};

/// How long a Lease holds without being renewed: as client-go's default. After a crash, nobody writes
/// for that long.
const DURATION: Duration = Duration::from_secs(15);

/// How long after its last renewal the holder may write. What is begun then ends, at the latest with
/// [`super::report::WRITE`], before the Lease does.
const WRITES: Duration = Duration::from_secs(9);

/// How often the Lease is renewed, or asked for.
const RENEW: Duration = Duration::from_secs(3);

/// How long one call may take.
const CALL: Duration = Duration::from_secs(5);

/// Whether this process may write, kept up to date in the background.
#[derive(Debug)]
pub struct Leadership {
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Shared {
    held: Mutex<Held>,
    changed: Notify,
    ended: Notify,
}

#[derive(Debug, Default)]
struct Held {
    /// Until when this process may write.
    until: Option<Instant>,
    /// What was told last.
    told: bool,
}

/// What is asked for, and what was seen of it.
struct Election {
    api: Api<Lease>,
    name: String,
    identity: String,
    /// The version of the Lease as it was seen last, and since when it has been that.
    seen: Option<(String, Instant)>,
}

impl Leadership {
    /// Asks for the Lease of this name, under this identity, which no other replica has.
    pub fn ask(cluster: &Cluster, namespace: &str, name: &str, identity: &str) -> Self {
        let election = Election {
            api: Api::namespaced(cluster.client.clone(), namespace),
            name: name.to_owned(),
            identity: identity.to_owned(),
            seen: None,
        };
        let shared = Arc::new(Shared::default());
        let task = tokio::spawn(election.run(shared.clone()));
        Self { shared, task }
    }

    /// Whether this process may write now.
    pub fn may_write(&self) -> bool {
        self.shared.holds(Instant::now())
    }

    /// Waits until this process may write, or no longer may.
    pub async fn changed(&self) {
        self.shared.changed.notified().await;
    }

    /// Gives the Lease up, so that another replica need not wait for its end.
    pub async fn give_up(self) {
        self.shared.set(None);
        self.shared.ended.notify_one();
        // A call takes so long at most, and there may be one before it.
        let _ = tokio::time::timeout(CALL * 2, self.task).await;
    }
}

impl Shared {
    fn holds(&self, now: Instant) -> bool {
        self.lock().until.is_some_and(|until| now < until)
    }

    fn set(&self, until: Option<Instant>) {
        self.lock().until = until;
        self.tell(Instant::now());
    }

    /// Tells where the Lease has come or gone, be it by time alone.
    fn tell(&self, now: Instant) {
        let mut held = self.lock();
        let holds = held.until.is_some_and(|until| now < until);
        if std::mem::replace(&mut held.told, holds) != holds {
            self.changed.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Election {
    async fn run(mut self, shared: Arc<Shared>) {
        loop {
            // Counted from before the call: it may take effect as soon as it is sent.
            let before = Instant::now();
            match tokio::time::timeout(CALL, self.ask()).await {
                Ok(Ok(true)) => shared.set(Some(before + WRITES)),
                Ok(Ok(false)) => shared.set(None),
                // Nobody else has it before it ends; until then it holds.
                Ok(Err(error)) => tracing::warn!(reason = reason(&error), "no answer on the Lease"),
                Err(_) => tracing::warn!("no answer on the Lease in time"),
            }
            shared.tell(Instant::now());
            tokio::select! {
                () = tokio::time::sleep(RENEW) => {}
                () = shared.ended.notified() => break,
            }
        }
        if let Ok(Err(error)) = tokio::time::timeout(CALL, self.release()).await {
            tracing::warn!(reason = reason(&error), "the Lease is not given up");
        }
    }

    /// Takes or renews the Lease, if that may be done; whether it is held now.
    async fn ask(&mut self) -> Result<bool, Error> {
        let Some(mut lease) = self.api.get_opt(&self.name).await? else {
            let mut lease = Lease { spec: Some(self.spec(None)), ..Lease::default() };
            lease.metadata.name = Some(self.name.clone());
            return won(self.api.create(&PostParams::default(), &lease).await);
        };
        let holder = lease.spec.as_ref().and_then(|spec| spec.holder_identity.as_deref());
        let holder = holder.unwrap_or_default().to_owned();
        if !holder.is_empty() && holder != self.identity && !self.expired(&lease) {
            return Ok(false);
        }
        lease.spec = Some(self.spec(lease.spec.as_ref()));
        // It carries the version that was read: whoever came first has changed it.
        won(self.api.replace(&self.name, &PostParams::default(), &lease).await)
    }

    /// Whether the Lease of another has been seen unchanged for its duration.
    fn expired(&mut self, lease: &Lease) -> bool {
        let now = Instant::now();
        let version = lease.metadata.resource_version.clone().unwrap_or_default();
        let since = match &self.seen {
            Some((seen, since)) if *seen == version => *since,
            _ => {
                self.seen = Some((version, now));
                now
            }
        };
        let seconds = lease.spec.as_ref().and_then(|spec| spec.lease_duration_seconds);
        let seconds = seconds.and_then(|seconds| u64::try_from(seconds).ok());
        let duration = seconds.map_or(DURATION, Duration::from_secs);
        now.saturating_duration_since(since) > duration
    }

    /// The Lease as this process holds it.
    fn spec(&self, before: Option<&LeaseSpec>) -> LeaseSpec {
        let now = MicroTime(Timestamp::now());
        let held = before.filter(|spec| spec.holder_identity.as_ref() == Some(&self.identity));
        let transitions = before.and_then(|spec| spec.lease_transitions).unwrap_or_default();
        LeaseSpec {
            holder_identity: Some(self.identity.clone()),
            lease_duration_seconds: i32::try_from(DURATION.as_secs()).ok(),
            acquire_time: held.and_then(|spec| spec.acquire_time.clone()).or(Some(now.clone())),
            renew_time: Some(now),
            lease_transitions: Some(transitions + i32::from(before.is_some() && held.is_none())),
            ..LeaseSpec::default()
        }
    }

    async fn release(&self) -> Result<(), Error> {
        let Some(mut lease) = self.api.get_opt(&self.name).await? else { return Ok(()) };
        let Some(spec) = &mut lease.spec else { return Ok(()) };
        if spec.holder_identity.as_ref() == Some(&self.identity) {
            spec.holder_identity = None;
            won(self.api.replace(&self.name, &PostParams::default(), &lease).await)?;
        }
        Ok(())
    }
}

/// Whether a write came first; that another did is no error.
fn won(written: Result<Lease, Error>) -> Result<bool, Error> {
    match written {
        Ok(_) => Ok(true),
        Err(error) if code(&error) == Some(409) => Ok(false),
        Err(error) => Err(error),
    }
}
