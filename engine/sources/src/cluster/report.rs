//! Policy reports and Events: what is written to a cluster.
//!
//! Owns how they are written. Must not know what they say.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use k8s_openapi::api::core::v1::ObjectReference;
use kube::api::{
    ApiResource, DeleteParams, DynamicObject, GroupVersionKind, ListParams, Patch, PatchParams,
};
use kube::error::DiscoveryError;
use kube::runtime::events::{Event, EventType, Recorder, Reporter};
use kube::{Api, Error, discovery};
use rollgate_engine::report::{POLICY_REPORT_API_VERSION, POLICY_REPORT_KIND, POLICY_REPORT_LABEL};
use serde_json::Value;

use super::ClusterError;
use super::connection::{Cluster, code, reason};

/// How long one write may take; with the Lease's, it ends before another replica may write.
pub(super) const WRITE: Duration = Duration::from_secs(5);

/// The name under which fields are owned, and Events are reported.
const MANAGER: &str = "rollgate-audit";

/// How many characters a note of an Event may have: 1 kB at most, by the API.
const NOTE: usize = 900;

/// The policy reports of a cluster that has their kind.
#[derive(Debug, Clone)]
pub struct PolicyReports {
    api: Api<DynamicObject>,
}

impl PolicyReports {
    /// Those of the cluster; `None` where OpenReports is not installed.
    pub async fn find(cluster: &Cluster) -> Result<Option<Self>, ClusterError> {
        let (group, version) = POLICY_REPORT_API_VERSION.split_once('/').unwrap_or_default();
        let wanted = GroupVersionKind::gvk(group, version, POLICY_REPORT_KIND);
        let found = discovery::pinned_kind(&cluster.client, &wanted);
        match in_time(found).await? {
            Ok((resource, _)) => Ok(Some(Self::of(cluster, &resource))),
            Err(Error::Discovery(DiscoveryError::MissingKind(_))) => Ok(None),
            Err(error) if code(&error) == Some(404) => Ok(None),
            Err(error) => Err(refused(&error)),
        }
    }

    fn of(cluster: &Cluster, resource: &ApiResource) -> Self {
        Self { api: Api::all_with(cluster.client.clone(), resource) }
    }

    /// Writes a report by server-side apply: fields of others stay as they are.
    pub async fn apply(&self, report: &Value) -> Result<(), ClusterError> {
        let name = report.pointer("/metadata/name").and_then(Value::as_str).unwrap_or_default();
        let parameters = PatchParams::apply(MANAGER).force();
        let written = in_time(self.api.patch(name, &parameters, &Patch::Apply(report))).await?;
        written.map(drop).map_err(|error| refused(&error))
    }

    /// The names of the reports that rollgate wrote.
    pub async fn names(&self) -> Result<BTreeSet<String>, ClusterError> {
        let (key, value) = POLICY_REPORT_LABEL;
        let own = ListParams::default().labels(&format!("{key}={value}"));
        let listed =
            in_time(self.api.list_metadata(&own)).await?.map_err(|error| refused(&error))?;
        Ok(listed.items.into_iter().filter_map(|report| report.metadata.name).collect())
    }

    /// Deletes a report, which may be gone already.
    pub async fn delete(&self, name: &str) -> Result<(), ClusterError> {
        match in_time(self.api.delete(name, &DeleteParams::default())).await? {
            Err(error) if code(&error) != Some(404) => Err(refused(&error)),
            _ => Ok(()),
        }
    }
}

/// Where Events are written.
#[derive(Clone)]
pub struct Events {
    recorder: Recorder,
}

impl fmt::Debug for Events {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Events")
    }
}

/// Something worth an Event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// `apiVersion`, `kind`, `name` and, where known, `uid` of the object.
    pub object: NoticeObject,
    /// Why, in one word of PascalCase.
    pub reason: String,
    /// What was done, in letters that repeats are told by.
    pub action: String,
    /// What is wrong; never what an object holds.
    pub note: String,
}

/// The object that an Event is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoticeObject {
    /// `apiVersion`
    pub api_version: String,
    /// `kind`
    pub kind: String,
    /// `metadata.name`
    pub name: String,
    /// `metadata.uid`
    pub uid: Option<String>,
}

impl Events {
    /// Events of this process, which calls itself so.
    pub fn new(cluster: &Cluster, identity: &str) -> Self {
        let instance = Some(identity.to_owned());
        let reporter = Reporter { controller: MANAGER.to_owned(), instance };
        Self { recorder: Recorder::new(cluster.client.clone(), reporter) }
    }

    /// Writes a warning. Repeats within minutes are counted in one Event.
    pub async fn warn(&self, notice: &Notice) -> Result<(), ClusterError> {
        let event = Event {
            type_: EventType::Warning,
            reason: notice.reason.clone(),
            note: Some(notice.note.chars().take(NOTE).collect()),
            action: notice.action.clone(),
            secondary: None,
        };
        let object = &notice.object;
        let regarding = ObjectReference {
            api_version: Some(object.api_version.clone()),
            kind: Some(object.kind.clone()),
            name: Some(object.name.clone()),
            uid: object.uid.clone(),
            ..ObjectReference::default()
        };
        let written = in_time(self.recorder.publish(&event, &regarding)).await?;
        written.map_err(|error| refused(&error))
    }
}

async fn in_time<T>(call: impl Future<Output = T>) -> Result<T, ClusterError> {
    let answered = tokio::time::timeout(WRITE, call).await;
    answered.map_err(|_| ClusterError::Unanswered(format!("nothing in {} s", WRITE.as_secs())))
}

fn refused(error: &Error) -> ClusterError {
    ClusterError::Unanswered(reason(error))
}
