//! The recorded cases of `mco-cases.jsonl` as the objects of a cluster, before and after a change.
//!
//! Owns which object says what of a case. Must not know what the operator answered.

use serde_json::{Map, Value, json};

const ROLE: &str = "machineconfiguration.openshift.io/role";
const GENERATED: &str = "machineconfiguration.openshift.io/generated-by-controller-version";

/// The MachineConfigs of a field of a case, in the order given; none where it has no such field.
pub fn machine_configs(case: &Value, field: &str) -> Option<Vec<Value>> {
    Some(case.get(field)?.as_array()?.iter().map(machine_config).collect())
}

/// The other objects: the pool, the images of the release by the field `defaults`, and what the
/// cluster lets change.
pub fn cluster(case: &Value, pool: &str, defaults: &str) -> Vec<Value> {
    let mut objects = vec![controller_config(case, defaults), machine_config_pool(pool)];
    if let Some(stream) = case.get("image_stream") {
        objects.push(json!({
            "apiVersion": "machineconfiguration.openshift.io/v1",
            "kind": "OSImageStream",
            "metadata": {"name": "cluster"},
            "status": {"defaultStream": stream["name"], "availableStreams": [stream]},
        }));
    }
    objects.extend(machine_configuration(case));
    objects
}

fn machine_config(input: &Value) -> Value {
    let labels = match (input.get("labels"), input["role"].as_str()) {
        (Some(labels), _) => labels.clone(),
        (None, Some(role)) => json!({ ROLE: role }),
        (None, None) => json!({}),
    };
    let annotations =
        if input["generated"] == true { json!({ GENERATED: "5.0" }) } else { json!({}) };
    json!({
        "apiVersion": "machineconfiguration.openshift.io/v1",
        "kind": "MachineConfig",
        "metadata": {"name": input["name"], "labels": labels, "annotations": annotations},
        "spec": input["spec"],
    })
}

fn controller_config(case: &Value, defaults: &str) -> Value {
    let image = |field: &str, otherwise: &str| {
        let given = |defaults| case.get(defaults)?.get(field)?.as_str();
        given(defaults).or_else(|| given("defaults")).unwrap_or(otherwise).to_owned()
    };
    json!({
        "apiVersion": "machineconfiguration.openshift.io/v1",
        "kind": "ControllerConfig",
        "metadata": {"name": "machine-config-controller"},
        "spec": {
            "baseOSContainerImage": image("osImageURL", "base-os-image"),
            "baseOSExtensionsContainerImage":
                image("baseOSExtensionsContainerImage", "base-ext-image"),
        },
    })
}

fn machine_config_pool(name: &str) -> Value {
    json!({
        "apiVersion": "machineconfiguration.openshift.io/v1",
        "kind": "MachineConfigPool",
        "metadata": {"name": name},
        "spec": {"machineConfigSelector": {"matchExpressions": [
            {"key": ROLE, "operator": "In", "values": ["worker", name]},
        ]}},
    })
}

fn machine_configuration(case: &Value) -> Option<Value> {
    let overrides = case.get("irreconcilable_overrides");
    let policy = case.get("node_disruption_policy");
    overrides.or(policy)?;
    let overrides = overrides.map(|storage| {
        ("irreconcilableValidationOverrides".to_owned(), json!({"storage": storage}))
    });
    let policy = policy.map(|policy| ("nodeDisruptionPolicy".to_owned(), policy.clone()));
    let spec: Map<String, Value> = overrides.into_iter().chain(policy).collect();
    Some(json!({
        "apiVersion": "operator.openshift.io/v1",
        "kind": "MachineConfiguration",
        "metadata": {"name": "cluster"},
        "spec": spec,
    }))
}
