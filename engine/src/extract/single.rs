//! Objects one by one, as a cluster holds them.
//!
//! Owns taking lists and many documents in one file apart. Must not know which kinds matter, nor read
//! what objects hold as text: a cluster does not either.
//! `kind: MachineConfigList` with two `items` gives two values, each with its own `apiVersion` and `kind`.

use serde_json::Value;

use crate::text::{self, ReadError};
use crate::{Artifact, Limits};

/// The objects of an artifact, and what of it could not be read. A document without a `kind` is no
/// object, and is left out.
pub fn single_objects(limits: &Limits, artifact: &Artifact) -> (Vec<Value>, Vec<ReadError>) {
    let (mut objects, mut errors) = (Vec::new(), Vec::new());
    for read in text::read(limits, artifact) {
        match read {
            // The reader has limited how deep it nests.
            Ok(document) => add(document.root.to_json(), &mut objects),
            Err(error) => errors.push(error),
        }
    }
    (objects, errors)
}

fn add(mut value: Value, objects: &mut Vec<Value>) {
    let api_version = string(&value, "apiVersion");
    let kind = string(&value, "kind");
    let items = value.get_mut("items").and_then(Value::as_array_mut).map(std::mem::take);
    match (kind.strip_suffix("List"), items) {
        (Some(item_kind), Some(items)) => {
            for mut item in items {
                // The items of a typed list leave their type to it.
                if let Some(fields) = item.as_object_mut()
                    && !item_kind.is_empty()
                    && !fields.contains_key("kind")
                {
                    fields.insert("apiVersion".to_owned(), api_version.clone().into());
                    fields.insert("kind".to_owned(), item_kind.into());
                }
                add(item, objects);
            }
        }
        (_, items) => {
            if let (Some(items), Some(fields)) = (items, value.as_object_mut()) {
                fields.insert("items".to_owned(), items.into());
            }
            if !kind.is_empty() {
                objects.push(value);
            }
        }
    }
}

fn string(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_and_documents_come_apart() {
        let text = "\
# a note
---
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfigList
items:
- metadata: {name: a}
- {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Node, metadata: {name: b}}, 1]}
---
kind: [broken
---
{\"kind\": \"ConfigMap\", \"items\": [1], \"data\": {\"config\": \"kind: MachineConfig\"}}
---
time: 2026-11-21
";
        let artifact = Artifact::new("mixed.yaml", text);
        let (objects, errors) = single_objects(&Limits::default(), &artifact);
        let expected = [
            json!({
                "metadata": {"name": "a"},
                "apiVersion": "machineconfiguration.openshift.io/v1",
                "kind": "MachineConfig",
            }),
            json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "b"}}),
            json!({
                "kind": "ConfigMap",
                "data": {"config": "kind: MachineConfig"},
                "items": [1],
            }),
        ];
        assert_eq!(objects, expected);
        assert_eq!(errors.len(), 1);
    }
}
