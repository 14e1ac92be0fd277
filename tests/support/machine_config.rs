//! MachineConfigs as text.

use serde_json::{Map, Value, json};

use crate::{encode, to_yaml};

/// A MachineConfig in the making: starts with a name alone and takes what the test adds.
#[derive(Debug, Clone)]
pub struct MachineConfig {
    metadata: Map<String, Value>,
    spec: Map<String, Value>,
}

impl MachineConfig {
    /// A MachineConfig with a name, and neither a role nor a spec.
    pub fn new(name: &str) -> Self {
        let metadata = Map::from_iter([("name".to_owned(), json!(name))]);
        Self { metadata, spec: Map::new() }
    }

    /// Labels it with a role.
    #[must_use]
    pub fn role(self, role: &str) -> Self {
        self.label("machineconfiguration.openshift.io/role", role)
    }

    /// Labels it.
    #[must_use]
    pub fn label(mut self, key: &str, value: &str) -> Self {
        object(&mut self.metadata, "labels").insert(key.to_owned(), json!(value));
        self
    }

    /// Annotates it.
    #[must_use]
    pub fn annotation(mut self, key: &str, value: &str) -> Self {
        object(&mut self.metadata, "annotations").insert(key.to_owned(), json!(value));
        self
    }

    /// Sets a field of the spec.
    #[must_use]
    pub fn spec(mut self, field: &str, value: Value) -> Self {
        self.spec.insert(field.to_owned(), value);
        self
    }

    /// Adds a kernel argument.
    #[must_use]
    pub fn kernel_argument(mut self, argument: &str) -> Self {
        push(&mut self.spec, "kernelArguments", json!(argument));
        self
    }

    /// Adds an extension.
    #[must_use]
    pub fn extension(mut self, extension: &str) -> Self {
        push(&mut self.spec, "extensions", json!(extension));
        self
    }

    /// Says in which version its Ignition config is.
    #[must_use]
    pub fn ignition(mut self, version: &str) -> Self {
        let config = object(&mut self.spec, "config");
        config.insert("ignition".to_owned(), json!({"version": version}));
        self
    }

    /// Adds a file with these contents, percent-encoded.
    #[must_use]
    pub fn file(self, path: &str, mode: u32, contents: &str) -> Self {
        let source = encode::percent_url(contents.as_bytes());
        self.file_entry(json!({"path": path, "mode": mode, "contents": {"source": source}}))
    }

    /// Adds an entry of `storage.files`.
    #[must_use]
    pub fn file_entry(mut self, entry: Value) -> Self {
        push(object(object(&mut self.spec, "config"), "storage"), "files", entry);
        self
    }

    /// Adds a unit that is enabled and has these contents.
    #[must_use]
    pub fn unit(self, name: &str, contents: &str) -> Self {
        self.unit_entry(json!({"name": name, "enabled": true, "contents": contents}))
    }

    /// Adds an entry of `systemd.units`.
    #[must_use]
    pub fn unit_entry(mut self, entry: Value) -> Self {
        push(object(object(&mut self.spec, "config"), "systemd"), "units", entry);
        self
    }

    /// The object.
    pub fn value(&self) -> Value {
        json!({
            "apiVersion": "machineconfiguration.openshift.io/v1",
            "kind": "MachineConfig",
            "metadata": self.metadata,
            "spec": self.spec,
        })
    }

    /// The object as YAML.
    pub fn yaml(&self) -> String {
        to_yaml(&self.value())
    }

    /// The object as JSON on one line.
    pub fn json(&self) -> String {
        self.value().to_string()
    }
}

/// The object in a field, made where it is missing.
fn object<'a>(parent: &'a mut Map<String, Value>, field: &str) -> &'a mut Map<String, Value> {
    match parent.entry(field).or_insert_with(|| json!({})) {
        Value::Object(object) => object,
        other => panic!("`{field}` is already set to {other}"),
    }
}

fn push(parent: &mut Map<String, Value>, field: &str, item: Value) {
    match parent.entry(field).or_insert_with(|| json!([])) {
        Value::Array(items) => items.push(item),
        other => panic!("`{field}` is already set to {other}"),
    }
}
