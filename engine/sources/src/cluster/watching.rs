//! One kind of object, followed for as long as somebody asks for it.
//!
//! Owns what an answer of the API server means for the kind. Must not know what is kept of an object.
//! A kind that the cluster lacks is looked for again; one that it forbids is a gap, and asked for
//! again; anything else that fails is tried again soon.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use kube::api::{ApiResource, DynamicObject};
use kube::runtime::watcher::{self, Event, watcher};
use kube::{Api, Client};
use rollgate_engine::Artifact;
use serde_json::Value;

use super::connection::{code, reason, served};
use super::kept::{keep, key};
use super::kind::{KINDS, Kind};
use super::state::{Progress, State};
use super::{ObjectKey, health};

/// How long until a kind that is missing or forbidden is asked for again: operators install kinds
/// while a cluster is upgraded, and people grant rights.
const AGAIN: Duration = Duration::from_secs(30);

/// The first pause after an error, and the longest. The longest and the time to connect are below
/// [`health::QUIET`].
const PAUSES: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(10));

/// How much later each kind tries again than the one before it, so that not all come at once.
const SPREAD: Duration = Duration::from_millis(25);

/// How many objects a page of a list has; 250 MachineConfigs of 20 KB are 5 MB.
pub(super) const PAGE: u32 = 250;

/// How long the first list may stream. API servers that do not know streamed lists well end it never.
const STREAMED: Duration = Duration::from_secs(30);

/// How long a watch lasts before it is asked for anew, in seconds. A connection that died in silence
/// is noticed by then.
const WATCH_SECONDS: u32 = 120;

const _: () = assert!(PAUSES.1.as_secs() + 10 < health::QUIET.as_secs());

/// Follows a kind; never ends.
pub(super) async fn follow(state: Arc<State>, client: Client, kind: &'static Kind) {
    let mut follower = Follower { state, client, kind, pause: PAUSES.0 };
    loop {
        follower.once().await;
    }
}

struct Follower {
    state: Arc<State>,
    client: Client,
    kind: &'static Kind,
    /// The next pause after an error.
    pause: Duration,
}

/// How the first list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    /// As a watch that begins with what is there.
    Streamed,
    /// Page by page.
    Paged,
}

/// A list that is being read.
#[derive(Default)]
struct Listed {
    objects: Vec<(ObjectKey, Artifact)>,
    /// Whether one has been read to its end.
    whole: bool,
}

/// Why a watch has ended.
enum End {
    /// API servers before 1.34 may not stream lists.
    NotStreamed,
    /// The kind is gone, or forbidden.
    Without(Progress),
}

impl Follower {
    /// Looks for the kind, and follows it while it is there.
    async fn once(&mut self) {
        let without = match served(&self.client, self.kind).await {
            Ok(Some(resource)) => self.watch(&resource).await,
            Ok(None) => Progress::Absent,
            Err(error) if code(&error) == Some(403) => Progress::Forbidden,
            Err(error) => return self.failed(reason(&error)).await,
        };
        let is_forbidden = without == Progress::Forbidden;
        if self.state.without(self.kind, without) && is_forbidden {
            tracing::warn!(resource = self.kind.resource(), "the cluster forbids it");
        }
        tokio::time::sleep(AGAIN).await;
    }

    /// Watches the kind until the cluster has it no longer, or forbids it.
    async fn watch(&mut self, resource: &ApiResource) -> Progress {
        let mut list = List::Streamed;
        loop {
            match self.watch_by(resource, list).await {
                End::NotStreamed => list = List::Paged,
                End::Without(progress) => return progress,
            }
        }
    }

    async fn watch_by(&mut self, resource: &ApiResource, list: List) -> End {
        let api: Api<DynamicObject> = Api::all_with(self.client.clone(), resource);
        let config = watcher::Config::default().timeout(WATCH_SECONDS);
        let config = match list {
            List::Streamed => config.streaming_lists(),
            List::Paged => config.page_size(PAGE),
        };
        let mut events = std::pin::pin!(watcher(api, config));
        let mut listed = Listed::default();
        let end = tokio::time::Instant::now() + STREAMED;
        loop {
            let next = if list == List::Streamed && !listed.whole {
                let Ok(next) = tokio::time::timeout_at(end, events.next()).await else {
                    return End::NotStreamed;
                };
                next
            } else {
                events.next().await
            };
            match next {
                Some(Ok(event)) => {
                    self.pause = PAUSES.0;
                    self.state.told(self.kind);
                    self.take(resource, &mut listed, event);
                }
                Some(Err(error)) => {
                    let error = Failure::of(error);
                    match (error.code, list) {
                        (Some(400 | 422), List::Streamed) => return End::NotStreamed,
                        (Some(403), _) => return End::Without(Progress::Forbidden),
                        (Some(404), _) => return End::Without(Progress::Absent),
                        _ => self.failed(error.reason).await,
                    }
                }
                // The stream has no end; if it had one, it would begin anew.
                None => return End::NotStreamed,
            }
        }
    }

    fn take(&self, resource: &ApiResource, listed: &mut Listed, event: Event<DynamicObject>) {
        match event {
            Event::Init => listed.objects.clear(),
            Event::InitApply(object) => listed.objects.extend(self.kept(resource, object)),
            Event::InitDone => {
                listed.whole = true;
                self.state.replace(self.kind, std::mem::take(&mut listed.objects));
            }
            Event::Apply(object) => {
                if let Some((key, artifact)) = self.kept(resource, object) {
                    self.state.apply(key, artifact);
                }
            }
            Event::Delete(object) => {
                if let Some(key) = key(&value(resource, object)) {
                    self.state.delete(&key);
                }
            }
        }
    }

    fn kept(&self, resource: &ApiResource, object: DynamicObject) -> Option<(ObjectKey, Artifact)> {
        let kept = keep(value(resource, object));
        if kept.is_none() {
            tracing::warn!(resource = self.kind.resource(), "an object without a name");
        }
        kept
    }

    /// Notes an error, and waits before the next try.
    async fn failed(&mut self, reason: String) {
        tracing::debug!(resource = self.kind.resource(), reason, "the watch failed");
        self.state.failed(self.kind, reason);
        let place = KINDS.iter().position(|kind| kind == self.kind).unwrap_or_default();
        let later = SPREAD.saturating_mul(u32::try_from(place).unwrap_or_default());
        tokio::time::sleep(self.pause.saturating_add(later).min(PAUSES.1)).await;
        self.pause = self.pause.saturating_mul(2).min(PAUSES.1);
    }
}

/// An object as JSON; those of a list leave their type to it.
pub(super) fn value(resource: &ApiResource, mut object: DynamicObject) -> Value {
    object.types = Some(kube::api::TypeMeta {
        api_version: resource.api_version.clone(),
        kind: resource.kind.clone(),
    });
    // What was read as JSON can be written as JSON; `null` has no name, and is passed over.
    serde_json::to_value(object).unwrap_or_default()
}

/// An error of a watch.
struct Failure {
    code: Option<u16>,
    reason: String,
}

impl Failure {
    fn of(error: watcher::Error) -> Self {
        match error {
            watcher::Error::InitialListFailed(error)
            | watcher::Error::WatchStartFailed(error)
            | watcher::Error::WatchFailed(error) => {
                Self { code: code(&error), reason: reason(&error) }
            }
            watcher::Error::WatchError(status) => {
                let error = kube::Error::Api(status);
                Self { code: code(&error), reason: reason(&error) }
            }
            watcher::Error::NoResourceVersion => {
                Self { code: None, reason: "an answer without a resource version".to_owned() }
            }
        }
    }
}
