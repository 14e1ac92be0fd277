//! Objects that are neither MachineConfigs nor rendered: their `spec` and `status` as facts, and what
//! the other objects of the input say about them.

mod keys;
mod spec;
mod surroundings;

use rollgate_facts::ClusterObject;
use serde_json::{Value as Json, json};

use crate::extract::fields::Fields;
use crate::extract::indentation::METADATA_FIELDS;
use crate::extract::object::Object;
use crate::extract::shape::Shape;
use crate::text::Node;

pub use surroundings::Surroundings;

/// The fields of every object of the Kubernetes API.
pub(super) const TOP_LEVEL: &[&str] = &["apiVersion", "kind", "metadata", "spec", "status"];

/// The facts of an object of any kind but MachineConfig.
pub fn cluster_object(object: &Object<'_>, surroundings: &Surroundings<'_>) -> ClusterObject {
    let mut problems = object.problems.clone();
    let mut fields = Fields::new(Some(object.node), object.at.clone(), &mut problems);
    fields.only(TOP_LEVEL, &[("metadata", METADATA_FIELDS)]);
    fields.mapping("spec");
    fields.mapping("status");
    let spec = fields.get("spec").filter(|spec| spec.as_mapping().is_some());
    let shape = spec::shape(object.kind.name, object.api_version).unwrap_or(Shape::Any);
    let spec = spec.and_then(|spec| shape.fit(spec, &object.at.key("spec"), &mut problems));
    keys::check(object.node, &object.at, &mut problems);
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
        spec: spec.map(|spec| with_handed_on_selector(object, spec)),
        status: object.node.get("status").map(Node::to_json),
        pools: surroundings.pools_of(object),
        release_image: surroundings.release_image_for(object),
        registries: surroundings.registries_for(object),
        mirrored_sources: surroundings.mirrored_for(object),
        contradicted_sources: surroundings.contradicted(object),
        problems,
    }
}

/// The `spec`, in the ConfigMap of a NodePool with the selector that HyperShift hands on (hypershift
/// `controllers/nodepool/config.go`, `defaultAndValidateConfigManifest`).
fn with_handed_on_selector(object: &Object<'_>, mut spec: Json) -> Json {
    let has_selector = matches!(object.kind.name, "KubeletConfig" | "ContainerRuntimeConfig");
    if has_selector
        && object.config_map.is_some()
        && let Some(fields) = spec.as_object_mut()
    {
        let selector =
            json!({"matchLabels": {"machineconfiguration.openshift.io/mco-built-in": ""}});
        fields.insert("machineConfigPoolSelector".to_owned(), selector);
    }
    spec
}
