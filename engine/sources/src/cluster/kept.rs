//! What is kept of an object.
//!
//! Owns which fields only make noise. Must not know where the object came from. A heartbeat of a node
//! changes nothing that is kept.

use rollgate_engine::Artifact;
use serde_json::{Map, Value};

use super::ObjectKey;
use super::kind::NODE;

/// Fields of `metadata` that change with every write, or say who wrote.
const NOISE: [&str; 3] = ["managedFields", "resourceVersion", "selfLink"];

/// Repeats the object.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// The annotations of the operator's daemon on nodes: what they run, and what they are to run.
const DAEMON: &str = "machineconfiguration.openshift.io/";

/// An object as it is kept: as JSON, under its key. `None` where it has no name.
pub(super) fn keep(mut object: Value) -> Option<(ObjectKey, Artifact)> {
    let key = key(&object)?;
    let is_node = key.kind == NODE.name && text(&object, "apiVersion") == Some("v1");
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.retain(|field, _| !NOISE.contains(&field.as_str()));
        let mut none = false;
        if let Some(annotations) = metadata.get_mut("annotations").and_then(Value::as_object_mut) {
            let kept = |annotation: &str| {
                if is_node { annotation.starts_with(DAEMON) } else { annotation != LAST_APPLIED }
            };
            annotations.retain(|annotation, _| kept(annotation));
            none = annotations.is_empty();
        }
        metadata.retain(|field, _| field != "annotations" || !none);
    }
    if is_node {
        object = node(&object);
    }
    let bytes = serde_json::to_vec(&object).ok()?;
    Some((key.clone(), Artifact::new(key.to_string(), bytes)))
}

/// Which object it is.
pub(super) fn key(object: &Value) -> Option<ObjectKey> {
    let metadata = |field| text(object.get("metadata")?, field).filter(|text| !text.is_empty());
    Some(ObjectKey {
        kind: text(object, "kind")?.to_owned(),
        namespace: metadata("namespace").map(ToOwned::to_owned),
        name: metadata("name")?.to_owned(),
    })
}

/// A node without what its kubelet tells every few seconds: times, images, capacities, volumes.
fn node(object: &Value) -> Value {
    let only = |value: Option<&Value>, fields: &[&str]| -> Option<Value> {
        let kept = value?.as_object()?.iter().filter(|(field, _)| fields.contains(&field.as_str()));
        Some(Value::Object(kept.map(|(field, value)| (field.clone(), value.clone())).collect()))
    };
    let status = object.get("status");
    let conditions = status.and_then(|status| status.get("conditions")).and_then(Value::as_array);
    let ready = conditions.map(|conditions| -> Value {
        let ready = conditions.iter().filter(|condition| text(condition, "type") == Some("Ready"));
        ready.filter_map(|condition| only(Some(condition), &["type", "status"])).collect()
    });
    let node_info = status.and_then(|status| status.get("nodeInfo")).cloned();
    let status = [("conditions", ready), ("nodeInfo", node_info)];
    let status: Map<String, Value> =
        status.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect();
    let metadata = ["name", "uid", "creationTimestamp", "labels", "annotations"];
    let fields = [
        ("apiVersion", object.get("apiVersion").cloned()),
        ("kind", object.get("kind").cloned()),
        ("metadata", only(object.get("metadata"), &metadata)),
        ("spec", only(object.get("spec"), &["taints", "unschedulable"])),
        ("status", Some(status.into())),
    ];
    fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn kept(object: Value) -> (String, Value) {
        let (key, artifact) = keep(object).unwrap();
        assert_eq!(key.to_string(), artifact.name());
        (key.to_string(), serde_json::from_slice(artifact.bytes()).unwrap())
    }

    #[test]
    fn what_only_repeats_is_dropped() {
        let object = json!({
            "apiVersion": "machineconfiguration.openshift.io/v1",
            "kind": "MachineConfig",
            "metadata": {
                "name": "99-worker", "uid": "1", "resourceVersion": "2", "managedFields": [{}],
                "annotations": {LAST_APPLIED: "{}", "note": "x"},
                "labels": {"machineconfiguration.openshift.io/role": "worker"},
            },
            "spec": {"kernelArguments": ["a"]},
        });
        let expected = json!({
            "apiVersion": "machineconfiguration.openshift.io/v1",
            "kind": "MachineConfig",
            "metadata": {
                "name": "99-worker", "uid": "1",
                "annotations": {"note": "x"},
                "labels": {"machineconfiguration.openshift.io/role": "worker"},
            },
            "spec": {"kernelArguments": ["a"]},
        });
        assert_eq!(kept(object), ("MachineConfig/99-worker".to_owned(), expected));
        assert!(keep(json!({"kind": "MachineConfig", "metadata": {}})).is_none());
        assert!(keep(json!(["kind"])).is_none());
    }

    #[test]
    fn a_node_is_kept_without_its_heartbeat() {
        let node = |beat: &str| {
            json!({
                "apiVersion": "v1", "kind": "Node",
                "metadata": {
                    "name": "n", "resourceVersion": beat,
                    "labels": {"node-role.kubernetes.io/worker": ""},
                    "annotations": {"machineconfiguration.openshift.io/state": "Done", "csi": beat},
                },
                "spec": {"unschedulable": true, "podCIDR": "10.0.0.0/24", "taints": [{"key": "a"}]},
                "status": {
                    "conditions": [
                        {"type": "Ready", "status": "True", "lastHeartbeatTime": beat},
                        {"type": "DiskPressure", "status": "False", "lastHeartbeatTime": beat},
                    ],
                    "images": [{"names": [beat]}],
                    "nodeInfo": {"architecture": "amd64", "osImage": "RHCOS"},
                },
            })
        };
        let expected = json!({
            "apiVersion": "v1", "kind": "Node",
            "metadata": {
                "name": "n",
                "labels": {"node-role.kubernetes.io/worker": ""},
                "annotations": {"machineconfiguration.openshift.io/state": "Done"},
            },
            "spec": {"unschedulable": true, "taints": [{"key": "a"}]},
            "status": {
                "conditions": [{"type": "Ready", "status": "True"}],
                "nodeInfo": {"architecture": "amd64", "osImage": "RHCOS"},
            },
        });
        assert_eq!(kept(node("1")), ("Node/n".to_owned(), expected));
        assert_eq!(keep(node("1")).unwrap().1.digest(), keep(node("2")).unwrap().1.digest());
    }
}
