//! `cargo bench -p rollgate`: how long `rollgate check` takes, beside the least that any checker takes.
//!
//! Owns the two cases by which rollgate's speed is judged: one MachineConfig of 20 KB and 4 files, as
//! in an editor or a pre-commit hook, and 1 000 of them in 10 pools, as in a repository of a fleet.
//! Each is checked by the whole process, with all built-in rules: once for a target that is given,
//! and once for none, when rules are judged for every release, stream and architecture.
//!
//! ```text
//!                                  median   fastest    x floor
//! one MachineConfig
//!   floor: read and parse          0.1 ms    0.1 ms      1.0 x
//!   floor: start a process         2.0 ms    1.9 ms     20.0 x
//!   check, target given           10.0 ms    9.0 ms    100.0 x
//! ```
//!
//! `x floor` divides by the first line of the case, which reads the same bytes and parses them, in this
//! process. `start a process` is `rollgate --version`: what the system and the argument parser take.
//! Compare shares, not times: they were measured in one run, on one machine, one after the other.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]
#![expect(clippy::disallowed_methods, reason = "it lays out its own inputs")]

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rollgate_engine::{Limits, text};
use rollgate_testkit::cluster;

const ROLLGATE: &str = env!("CARGO_BIN_EXE_rollgate");

/// A target that leaves nothing open.
const TARGET: &str = "--release 4.20 --stream rhel-9 --arch x86_64 --platform none --day 1";

/// How often the small case runs; many times, for single runs vary by half.
const SMALL_RUNS: usize = 40;

/// How often the large case runs; fewer times, for without a target a run takes many seconds.
const LARGE_RUNS: usize = 3;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (one, many) = (folder.path().join("one"), folder.path().join("many"));
    write(&one, 1, 0)?;
    write(&many, 1_000, 10)?;
    println!("{:32}{:>10}{:>10}{:>11}", "", "median", "fastest", "x floor");
    case("one MachineConfig", &one, SMALL_RUNS)?;
    case("1000 MachineConfigs in 10 pools", &many, LARGE_RUNS)
}

/// Writes a cluster into a folder, a file for each object.
fn write(folder: &Path, machine_configs: usize, pools: usize) -> Result<()> {
    fs::create_dir(folder)?;
    for (index, pool) in cluster::pools(pools).iter().enumerate() {
        fs::write(folder.join(format!("pool-{index}.json")), pool.to_string())?;
    }
    let machine_configs = cluster::machine_configs(machine_configs, pools);
    for (index, machine_config) in machine_configs.iter().enumerate() {
        fs::write(folder.join(format!("{index:04}.yaml")), machine_config.yaml())?;
    }
    Ok(())
}

fn case(name: &str, folder: &Path, runs: usize) -> Result<()> {
    println!("{name}");
    let floor = measure(runs, || parse(folder))?;
    let line = |what: &str, times: &[Duration]| {
        let share = median(times).as_secs_f64() / median(&floor).as_secs_f64();
        let fastest = times.iter().min().copied().unwrap_or_default();
        let [median, fastest] = [median(times), fastest].map(|time| time.as_secs_f64() * 1e3);
        println!("  {what:30}{median:>7.1} ms{fastest:>7.1} ms{share:>9.1} x");
    };
    let check = |target: &'static str| {
        let flags = ["check", "--no-config"].into_iter().chain(target.split_whitespace());
        let arguments: Vec<_> = flags.collect();
        measure(runs, || run(&arguments, Some(folder)))
    };
    line("floor: read and parse", &floor);
    line("floor: start a process", &measure(runs, || run(&["--version"], None))?);
    line("check, target given", &check(TARGET)?);
    line("check, no target", &check("")?);
    Ok(())
}

/// Reads and parses everything in a folder, and nothing more.
fn parse(folder: &Path) -> Result<()> {
    let limits = Limits::default();
    for artifact in rollgate_sources::read(&limits, &[folder.to_owned()])?.artifacts {
        black_box(text::read(&limits, &artifact));
    }
    Ok(())
}

fn run(arguments: &[&str], path: Option<&Path>) -> Result<()> {
    let mut command = Command::new(ROLLGATE);
    command.args(arguments).args(path).stdout(Stdio::null()).stderr(Stdio::null());
    match command.status()?.code() {
        // Inconclusive is an answer too: without a target, some of the rules need one.
        Some(0 | 1 | 3) => Ok(()),
        code => Err(format!("`{command:?}` ended with {code:?}").into()),
    }
}

/// The times of some runs, after one that warms the caches.
fn measure(runs: usize, work: impl Fn() -> Result<()>) -> Result<Vec<Duration>> {
    work()?;
    let timed = || {
        let start = Instant::now();
        work().map(|()| start.elapsed())
    };
    (0..runs).map(|_| timed()).collect()
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
