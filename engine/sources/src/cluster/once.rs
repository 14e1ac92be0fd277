//! The objects of a cluster, read once.

use std::sync::Arc;

use futures::future::join_all;
use kube::api::{DynamicObject, ListParams};
use kube::{Api, Client};
use rollgate_engine::Artifact;

use super::connection::{Cluster, code, reason, served};
use super::kept::keep;
use super::kind::{KINDS, Kind};
use super::state::{MAX_BYTES, MAX_OBJECTS, forbidden_gap};
use super::watching::{PAGE, value};
use super::{ClusterError, ObjectKey, Objects, WatchOptions};
use crate::Unread;

/// Reads the objects of a cluster as they are now. What cannot be read is a gap.
///
/// # Errors
///
/// When the cluster cannot be found, or does not answer at all.
pub async fn read_once(options: &WatchOptions) -> Result<Objects, ClusterError> {
    let client = Cluster::connect(options).await?.client;
    let answered = client.apiserver_version().await;
    answered.map_err(|error| ClusterError::Unanswered(reason(&error)))?;
    let mut objects = Objects { generation: 1, ..Objects::default() };
    let mut bytes = 0;
    for (kind, listed) in join_all(KINDS.iter().map(|kind| list(&client, kind))).await {
        match listed {
            Ok(listed) => {
                for (key, artifact) in listed {
                    bytes += artifact.bytes().len();
                    objects.objects.insert(key, Arc::new(artifact));
                }
            }
            Err(gap) => {
                tracing::debug!(resource = kind.resource(), gap = gap.message, "not read");
                objects.gaps.push(gap);
            }
        }
    }
    if bytes > MAX_BYTES || objects.objects.len() > MAX_OBJECTS {
        let message = format!("has more than {MAX_OBJECTS} objects or {MAX_BYTES} bytes of them");
        return Err(ClusterError::Unanswered(format!("it {message}")));
    }
    objects.gaps.sort();
    Ok(objects)
}

type Listed = Result<Vec<(ObjectKey, Artifact)>, Unread>;

async fn list(client: &Client, kind: &'static Kind) -> (&'static Kind, Listed) {
    (kind, try_list(client, kind).await.map_err(|error| gap(kind, &error)))
}

async fn try_list(client: &Client, kind: &Kind) -> Result<Vec<(ObjectKey, Artifact)>, kube::Error> {
    let Some(resource) = served(client, kind).await? else { return Ok(Vec::new()) };
    let api: Api<DynamicObject> = Api::all_with(client.clone(), &resource);
    let mut kept = Vec::new();
    let mut page = ListParams::default().limit(PAGE);
    loop {
        let list = api.list(&page).await?;
        kept.extend(list.items.into_iter().filter_map(|object| keep(value(&resource, object))));
        page.continue_token = list.metadata.continue_.filter(|token| !token.is_empty());
        if page.continue_token.is_none() || kept.len() > MAX_OBJECTS {
            return Ok(kept);
        }
    }
}

fn gap(kind: &Kind, error: &kube::Error) -> Unread {
    if code(error) == Some(403) {
        return forbidden_gap(kind);
    }
    let message = format!("cannot be read: {}", reason(error));
    Unread::new(&kind.resource(), message, "run again when the cluster answers")
}
