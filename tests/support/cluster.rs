//! Clusters of a given size, for benches and load tests.

use serde_json::{Value, json};

use crate::{MachineConfig, encode, to_yaml};

/// How many files each MachineConfig of a cluster writes.
const FILES: usize = 4;

/// How many bytes each of those files has, so that a MachineConfig comes to about 20 KB in base64.
const FILE_BYTES: usize = 3_700;

/// `count` MachineConfigs of about 20 KB, spread over `pools` pools: `worker`, `pool-1`, ….
pub fn machine_configs(count: usize, pools: usize) -> Vec<MachineConfig> {
    (0..count).map(|index| machine_config(index, &role(index % pools.max(1)))).collect()
}

/// The pools over which [`machine_configs`] are spread; each also takes the role `worker`, as the
/// operator demands of custom pools.
pub fn pools(pools: usize) -> Vec<Value> {
    (0..pools).map(|index| pool(&role(index))).collect()
}

/// Pools and MachineConfigs in one stream of YAML documents.
pub fn yaml(count: usize, pools: usize) -> String {
    let pools = self::pools(pools).iter().map(to_yaml).collect::<Vec<_>>();
    let machine_configs = machine_configs(count, pools.len());
    let machine_configs = machine_configs.iter().map(MachineConfig::yaml);
    pools.into_iter().chain(machine_configs).collect::<Vec<_>>().join("---\n")
}

fn role(index: usize) -> String {
    if index == 0 { "worker".to_owned() } else { format!("pool-{index}") }
}

fn machine_config(index: usize, role: &str) -> MachineConfig {
    let start = MachineConfig::new(&format!("50-{role}-{index:04}")).role(role).ignition("3.4.0");
    (0..FILES).fold(start, |machine_config, file| {
        machine_config.file_entry(json!({
            "path": format!("/etc/example/{index:04}/{file}.conf"),
            "mode": 0o644,
            "contents": {"source": encode::base64_url(text(index * FILES + file).as_bytes())},
        }))
    })
}

fn pool(name: &str) -> Value {
    let key = "machineconfiguration.openshift.io/role";
    json!({
        "apiVersion": "machineconfiguration.openshift.io/v1",
        "kind": "MachineConfigPool",
        "metadata": {"name": name},
        "spec": {
            "machineConfigSelector": {"matchExpressions": [
                {"key": key, "operator": "In", "values": ["worker", name]},
            ]},
            "nodeSelector": {"matchLabels": {format!("node-role.kubernetes.io/{name}"): ""}},
        },
    })
}

/// Text that differs between files, as real ones do.
fn text(seed: usize) -> String {
    let lines = (0..).map(|line| format!("setting.{line} = {}\n", (seed + 1) * 7_919 + line * 31));
    let mut text = String::new();
    for line in lines {
        if text.len() + line.len() > FILE_BYTES {
            break;
        }
        text.push_str(&line);
    }
    text
}
