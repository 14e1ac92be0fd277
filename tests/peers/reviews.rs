//! `cargo run -p rollgate-testkit --example reviews -- FOLDER`: what the load run of the webhook sends.
//!
//! Writes `20kb.json` (4 files) and `1mb.json` (200 files), each an AdmissionReview of a MachineConfig that
//! is created and in which nothing is wrong, and `objects/`, the 300 MachineConfigs of 20 KB in 10 pools
//! that a cluster holds.

#![expect(clippy::disallowed_methods, reason = "it lays out the inputs of a measurement")]

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use rollgate_testkit::{MachineConfig, cluster, encode};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("give a folder")?);
    let objects = folder.join("objects");
    fs::create_dir_all(&objects)?;
    for (name, files) in [("20kb", 4), ("1mb", 200)] {
        fs::write(folder.join(format!("{name}.json")), review(files).to_string())?;
    }
    for (index, pool) in cluster::pools(10).iter().enumerate() {
        fs::write(objects.join(format!("pool-{index}.json")), pool.to_string())?;
    }
    for (index, config) in cluster::machine_configs(300, 10).iter().enumerate() {
        fs::write(objects.join(format!("config-{index:03}.json")), config.json())?;
    }
    Ok(())
}

/// The review of a MachineConfig with so many files of 3.7 KB.
fn review(files: usize) -> Value {
    let start = MachineConfig::new("99-new").role("pool-1").ignition("3.4.0");
    let config = (0..files).fold(start, |config, file| {
        let text = format!("setting = a value of some length, of file {file}\n").repeat(75);
        let source = encode::base64_url(text.as_bytes());
        let path = format!("/etc/new/{file}.conf");
        config.file_entry(json!({"path": path, "mode": 0o644, "contents": {"source": source}}))
    });
    let group = "machineconfiguration.openshift.io";
    json!({
        "apiVersion": "admission.k8s.io/v1",
        "kind": "AdmissionReview",
        "request": {
            "uid": "8e6f5c1e-5d3f-4b53-9d0a-4a6a2f0c2b11",
            "kind": {"group": group, "version": "v1", "kind": "MachineConfig"},
            "resource": {"group": group, "version": "v1", "resource": "machineconfigs"},
            "name": "99-new",
            "operation": "CREATE",
            "userInfo": {"username": "admin", "groups": ["system:masters"]},
            "object": config.value(),
            "oldObject": null,
            "dryRun": false,
        },
    })
}
