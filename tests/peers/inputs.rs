//! Writes a cluster into a folder: `cargo run -p rollgate-testkit --example inputs -- FOLDER 1000 10`
//! makes 1 000 MachineConfigs of 20 KB in 10 pools, a file for each object.

#![expect(clippy::disallowed_methods, reason = "it lays out the inputs of a measurement")]

use std::error::Error;
use std::fs;
use std::path::Path;

use rollgate_testkit::cluster;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, machine_configs, pools] = arguments.as_slice() else {
        return Err("give a folder, a number of MachineConfigs and a number of pools".into());
    };
    let folder = Path::new(folder);
    fs::create_dir_all(folder)?;
    for (index, pool) in cluster::pools(pools.parse()?).iter().enumerate() {
        fs::write(folder.join(format!("pool-{index}.json")), pool.to_string())?;
    }
    let machine_configs = cluster::machine_configs(machine_configs.parse()?, pools.parse()?);
    for (index, machine_config) in machine_configs.iter().enumerate() {
        fs::write(folder.join(format!("{index:05}.yaml")), machine_config.yaml())?;
    }
    Ok(())
}
