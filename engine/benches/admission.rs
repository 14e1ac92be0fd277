//! `cargo bench -p rollgate-engine --bench admission`: how long a decision on a change takes.
//!
//! What an API server waits for, without the network: a MachineConfig of 20 KB (4 files) or 1 MB (200
//! files) that is created in an empty cluster, in one pool of a cluster of 300 MachineConfigs of
//! 20 KB, and in all ten pools of it; with nothing to find, and with a finding, for which what was
//! there before is judged as well. Beside each time stands the floor of the same run: reading the
//! object's text. It also prints how long it takes to read the cluster, and to take in one change of it.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rollgate_engine::policy::PolicySet;
use rollgate_engine::{Artifact, Cluster, Gate, Limits, ObjectChange, Settings, text};
use rollgate_facts::{Architecture, Day, Stream, Target};
use rollgate_testkit::{MachineConfig, cluster};
use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long each decision is measured, at least.
const LEAST: Duration = Duration::from_secs(1);

/// How often each decision is measured, at least.
const RUNS: usize = 20;

fn main() -> Result<()> {
    let policies = PolicySet::embedded()?;
    let limits = Limits::default();
    let objects: Vec<Arc<Artifact>> = cluster::pools(10)
        .iter()
        .map(artifact)
        .chain(cluster::machine_configs(300, 10).iter().map(|one| artifact(&one.value())))
        .collect();
    let (empty, full) = (Cluster::default(), Cluster::of(&limits, &objects, Vec::new()));
    line("300 MachineConfigs, read", &times(|| Ok(Cluster::of(&limits, &objects, Vec::new())))?);
    line(
        "300 MachineConfigs, 1 changed",
        &times(|| {
            let changed = objects.iter().take(1).map(|one| Arc::new(Artifact::clone(one)));
            let next: Vec<_> = changed.chain(objects.iter().skip(1).cloned()).collect();
            Ok(full.next(&limits, &next, Vec::new()))
        })?,
    );
    for (size, files) in [("20 KB", 4), ("1 MB", 200)] {
        println!("a MachineConfig of {size}");
        let clean = machine_config("pool-1", files);
        let found = clean.clone().kernel_argument("mitigations=off");
        let everywhere = machine_config("worker", files);
        let object = artifact(&clean.value());
        line("  floor: read the text", &times(|| Ok(text::read(&limits, &object)))?);
        for (what, cluster, created) in [
            ("  empty cluster", &empty, &clean),
            ("  empty cluster, a finding", &empty, &found),
            ("  one pool of 300", &full, &clean),
            ("  one pool of 300, a finding", &full, &found),
            ("  all pools of 300", &full, &everywhere),
        ] {
            let change = ObjectChange { old: None, new: Some(artifact(&created.value())) };
            let settings = Settings::on(jiff::civil::date(2026, 11, 21));
            let gate = Gate::new(&policies, settings);
            let decide = || Ok(gate.review(cluster, &target(), &change)?);
            line(what, &times(decide)?);
        }
    }
    Ok(())
}

fn target() -> Target {
    Target {
        release: Some("4.20".to_owned()),
        stream: Some(Stream::Rhel9),
        architecture: Some(Architecture::X86_64),
        platform: Some("none".to_owned()),
        day: Some(Day::Running),
    }
}

fn machine_config(role: &str, files: usize) -> MachineConfig {
    let text = "setting = a value of some length\n".repeat(110);
    let start = MachineConfig::new("99-new").role(role).ignition("3.4.0");
    let add = |machine_config: MachineConfig, file| {
        machine_config.file(&format!("/etc/new/{file}.conf"), 0o644, &text)
    };
    (0..files).fold(start, add)
}

fn artifact(object: &Value) -> Arc<Artifact> {
    let text = |pointer| object.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let name = format!("{}/{}", text("/kind"), text("/metadata/name"));
    Arc::new(Artifact::new(name, object.to_string()))
}

/// The times of some runs, after one that warms the caches; sorted.
fn times<T>(mut work: impl FnMut() -> Result<T>) -> Result<Vec<Duration>> {
    black_box(work()?);
    let (start, mut times) = (Instant::now(), Vec::new());
    while times.len() < RUNS || start.elapsed() < LEAST {
        let before = Instant::now();
        black_box(work()?);
        times.push(before.elapsed());
    }
    times.sort();
    Ok(times)
}

fn line(what: &str, times: &[Duration]) {
    let at = |share: usize| {
        let index = (times.len() * share / 100).min(times.len().saturating_sub(1));
        times.get(index).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    };
    println!("{what:34}p50 {:>8.2} ms   p99 {:>8.2} ms", at(50), at(99));
}
