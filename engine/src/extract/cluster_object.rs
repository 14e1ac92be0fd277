//! Objects that are neither MachineConfigs nor rendered: their `spec` and `status` as facts.

use rollgate_facts::ClusterObject;
use serde_json::json;

use crate::extract::fields::Fields;
use crate::extract::indentation::METADATA_FIELDS;
use crate::extract::object::Object;
use crate::text::Node;

/// The fields of every object of the Kubernetes API.
pub(super) const TOP_LEVEL: &[&str] = &["apiVersion", "kind", "metadata", "spec", "status"];

/// The facts of an object of any kind but MachineConfig.
pub fn cluster_object(object: &Object<'_>) -> ClusterObject {
    let mut problems = object.problems.clone();
    let mut fields = Fields::new(Some(object.node), object.at.clone(), &mut problems);
    fields.only(TOP_LEVEL, &[("metadata", METADATA_FIELDS)]);
    fields.mapping("spec");
    fields.mapping("status");
    object.leave_out_explained(&mut problems);
    problems.sort();
    problems.dedup();
    ClusterObject {
        at: object.at.clone(),
        api_version: object.api_version.to_owned(),
        kind: object.kind.name.to_owned(),
        name: object.name.to_owned(),
        namespace: object.namespace.map(ToOwned::to_owned),
        labels: object.labels.clone(),
        spec: spec(object),
        status: object.node.get("status").map(Node::to_json),
        problems,
    }
}

/// `spec` as written; in the ConfigMap of a NodePool with the selector that HyperShift hands on
/// (hypershift `controllers/nodepool/config.go`, `defaultAndValidateConfigManifest`).
fn spec(object: &Object<'_>) -> Option<serde_json::Value> {
    let mut spec = object.node.get("spec").map(Node::to_json)?;
    let has_selector = matches!(object.kind.name, "KubeletConfig" | "ContainerRuntimeConfig");
    if has_selector
        && object.config_map.is_some()
        && let Some(fields) = spec.as_object_mut()
    {
        let selector =
            json!({"matchLabels": {"machineconfiguration.openshift.io/mco-built-in": ""}});
        fields.insert("machineConfigPoolSelector".to_owned(), selector);
    }
    Some(spec)
}
