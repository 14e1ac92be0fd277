//! What `rollgate-webhook manifests` prints, for the tests that install it.

use std::process::{Command, Output};

use serde::Deserialize as _;
use serde_json::Value;

/// The phases of a rollout, in their order.
pub(crate) const PHASES: [&str; 3] = ["report", "warn", "enforce"];
/// The kinds of clusters.
pub(crate) const OVERLAYS: [&str; 2] = ["openshift", "kubernetes"];

/// Runs the command.
pub(crate) fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rollgate-webhook"))
        .arg("manifests")
        .args(arguments)
        .output()
        .unwrap()
}

/// What it prints.
pub(crate) fn printed(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The objects of a YAML text.
pub(crate) fn objects(text: &str) -> Vec<Value> {
    let documents = serde_yaml::Deserializer::from_str(text);
    documents.map(|document| Value::deserialize(document).unwrap()).collect()
}

/// The object of this kind and name.
pub(crate) fn object(objects: &[Value], kind: &str, name: &str) -> Value {
    let found = objects.iter().find(|o| o["kind"] == kind && o["metadata"]["name"] == name);
    found.unwrap_or_else(|| panic!("there is no {kind} `{name}`")).clone()
}
