//! Objects that are neither MachineConfigs nor rendered: their `spec` and `status` as facts.

use rollgate_facts::ClusterObject;

use crate::extract::fields::Fields;
use crate::extract::object::Object;
use crate::text::Node;

/// The fields of every object of the Kubernetes API.
pub(super) const TOP_LEVEL: &[&str] = &["apiVersion", "kind", "metadata", "spec", "status"];

/// The facts of an object of any kind but MachineConfig.
pub fn cluster_object(object: &Object<'_>) -> ClusterObject {
    let mut problems = object.problems.clone();
    let mut fields = Fields::new(Some(object.node), object.at.clone(), &mut problems);
    fields.only(TOP_LEVEL);
    fields.mapping("spec");
    fields.mapping("status");
    problems.sort();
    problems.dedup();
    ClusterObject {
        at: object.at.clone(),
        api_version: object.api_version.to_owned(),
        kind: object.kind.name.to_owned(),
        name: object.name.to_owned(),
        namespace: object.namespace.map(ToOwned::to_owned),
        labels: object.labels.clone(),
        spec: object.node.get("spec").map(Node::to_json),
        status: object.node.get("status").map(Node::to_json),
        problems,
    }
}
