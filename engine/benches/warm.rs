//! `cargo bench -p rollgate-engine`: how fast a loaded gate judges, and how that grows.
//!
//! Owns what a webhook, an audit or a loop over many changes would see: the policies are loaded
//! once. Each time stands beside a floor measured in the same run, for machines differ and so do
//! their neighbours: compare shares, not times. It prints
//!
//! - one MachineConfig of 20 KB (4 files), one of 1 MB (200 files), and a pool of 250: reading the
//!   text (the floor), the whole of `Gate::check`, and all rules over the facts alone;
//! - the ten slowest rules over each;
//! - checks of 100 to 10 000 objects with a finding each, and their reports: linear growth keeps
//!   the time of one object the same;
//! - the peak memory of a process that does nothing but check.
//!
//! `-- --facts FILE` evaluates every rule over one facts document instead, and prints the time of
//! one round and what was found; `tests/peers/run` holds that to what OPA says.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]
#![expect(clippy::disallowed_methods, reason = "it reads the document that it is given")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use rollgate_engine::policy::{Evaluator, PolicySet, Rule};
use rollgate_engine::report::{self, HumanOptions, Report};
use rollgate_engine::{Artifact, Gate, Input, Limits, Settings, text};
use rollgate_facts::{Architecture, Day, Facts, Stream, SubjectKind, Target};
use rollgate_testkit::{MachineConfig, cluster};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long each thing is measured, at least; medians of less vary by a fifth.
const LEAST: Duration = Duration::from_millis(500);

/// How often each thing is measured, at least.
const RUNS: usize = 3;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let policies = PolicySet::embedded()?;
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => everything(&policies),
        ["--facts", file] => one_document(&policies, file),
        ["--peak", count] => peak(&policies, count.parse()?),
        _ => Err("give nothing, or `--facts FILE`".into()),
    }
}

fn everything(policies: &PolicySet) -> Result<()> {
    println!("{:34}{:>12}{:>11}", "", "median", "x floor");
    let cases = [
        ("one MachineConfig, 20 KB, 4 files", cluster::yaml(1, 0)),
        ("one MachineConfig, 1 MB, 200 files", large()),
        ("a pool of 250 MachineConfigs", cluster::yaml(250, 1)),
    ];
    for (name, yaml) in cases {
        case(policies, name, &yaml)?;
    }
    println!("growth, a finding for each object");
    for count in [100, 1_000, 10_000] {
        growth(policies, count)?;
    }
    println!("peak memory");
    for count in ["1", "1000", "10000"] {
        let child = Command::new(std::env::current_exe()?).args(["--peak", count]).output()?;
        print!("  {count:>6} objects{}", String::from_utf8(child.stdout)?);
    }
    Ok(())
}

/// A target that leaves nothing open.
fn target() -> Target {
    Target {
        release: Some("4.20".to_owned()),
        stream: Some(Stream::Rhel9),
        architecture: Some(Architecture::X86_64),
        platform: Some("none".to_owned()),
        day: Some(Day::Install),
    }
}

fn gate(policies: &PolicySet) -> Gate<'_> {
    Gate::new(policies, Settings::on(jiff::civil::date(2026, 11, 21)))
}

fn input(yaml: &str) -> Input {
    let artifact = Artifact::new("cluster.yaml", yaml);
    Input { target: target(), ..Input::new(vec![artifact]) }
}

fn case(policies: &PolicySet, name: &str, yaml: &str) -> Result<()> {
    println!("{name}");
    let (limits, gate) = (Limits::default(), gate(policies));
    let artifact = Artifact::new("cluster.yaml", yaml);
    let floor = median(|| Ok(text::read(&limits, &artifact)))?;
    let line = |what: &str, time: Duration| {
        let share = time.as_secs_f64() / floor.as_secs_f64();
        println!("  {what:32}{:>9.2} ms{share:>9.1} x", time.as_secs_f64() * 1e3);
    };
    line("floor: read the text", floor);
    line("check", median(|| Ok(gate.check(input(yaml))?))?);
    let open = || Input { target: Target::default(), ..input(yaml) };
    line("check, no target", median(|| Ok(gate.check(open())?))?);
    let facts = gate.facts(input(yaml))?;
    let mut evaluator = policies.evaluator(&limits);
    line("rules over facts", median(|| evaluate(policies, &mut evaluator, &facts))?);
    for (rule, time) in slowest(policies, &mut evaluator, &facts)? {
        println!("    {rule:42}{:>7.3} ms", time.as_secs_f64() * 1e3);
    }
    Ok(())
}

/// Every rule over every document of its kind.
fn evaluate(policies: &PolicySet, evaluator: &mut Evaluator, facts: &[Facts]) -> Result<()> {
    for document in facts {
        evaluator.set_subject(document)?;
        for rule in rules_for(policies, document.subject.kind()) {
            black_box(evaluator.evaluate(rule)?);
        }
    }
    Ok(())
}

fn rules_for(policies: &PolicySet, kind: SubjectKind) -> impl Iterator<Item = &Rule> {
    policies.rules().iter().filter(move |rule| rule.subject == kind)
}

/// The rules that took longest, each over all documents.
fn slowest(
    policies: &PolicySet,
    evaluator: &mut Evaluator,
    facts: &[Facts],
) -> Result<Vec<(String, Duration)>> {
    let mut times: BTreeMap<&str, Duration> = BTreeMap::new();
    for document in facts {
        evaluator.set_subject(document)?;
        for rule in rules_for(policies, document.subject.kind()) {
            let start = Instant::now();
            black_box(evaluator.evaluate(rule)?);
            *times.entry(&rule.code).or_default() += start.elapsed();
        }
    }
    let mut times: Vec<_> = times.into_iter().map(|(rule, time)| (rule.to_owned(), time)).collect();
    times.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
    times.truncate(10);
    Ok(times)
}

/// Judges and reports objects of which each has a finding.
fn growth(policies: &PolicySet, count: u32) -> Result<()> {
    let (yaml, gate) = (faulty(count), gate(policies));
    let report = gate.check(input(&yaml))?;
    let findings = report.findings.len();
    println!("  {count} objects, {findings} findings");
    let line = |what: &str, time: Duration| {
        let (all, each) = (time.as_secs_f64() * 1e3, (time / count).as_secs_f64() * 1e6);
        println!("    {what:30}{all:>9.1} ms{each:>8.1} µs each");
    };
    line("check", median(|| Ok(gate.check(input(&yaml))?))?);
    let render = |render: fn(&Report) -> Result<String>| median(|| render(&report));
    line("human", render(|report| Ok(report::human(report, &HumanOptions::default())))?);
    line("json", render(|report| Ok(report::json(report)?))?);
    line("sarif", render(|report| Ok(report::sarif(report, &report::Repository::default())?))?);
    Ok(())
}

/// MachineConfigs in 10 pools, each with a mode in decimal digits.
fn faulty(count: u32) -> String {
    let pools = cluster::pools(10);
    let pools = pools.iter().map(rollgate_testkit::to_yaml);
    let machine_configs = (0..count).map(|index| {
        let role =
            if index % 10 == 0 { "worker".to_owned() } else { format!("pool-{}", index % 10) };
        let machine_config = MachineConfig::new(&format!("50-{role}-{index:05}")).role(&role);
        let machine_config = machine_config.ignition("3.4.0");
        machine_config.file(&format!("/etc/example/{index:05}.conf"), 644, "a = 1\n").yaml()
    });
    pools.chain(machine_configs).collect::<Vec<_>>().join("---\n")
}

fn large() -> String {
    let text = "setting = a value of some length\n".repeat(110);
    let start = MachineConfig::new("50-worker").role("worker").ignition("3.4.0");
    let files = 0..200;
    let add = |machine_config: MachineConfig, file| {
        machine_config.file(&format!("/etc/example/{file}.conf"), 0o644, &text)
    };
    files.fold(start, add).yaml()
}

/// Every rule over one facts document: the time of a round, and what they find. The document is
/// given to the interpreter before, as `opa bench` does it.
fn one_document(policies: &PolicySet, file: &str) -> Result<()> {
    let document: Facts = serde_json::from_str(&fs::read_to_string(file)?)?;
    let mut evaluator = policies.evaluator(&Limits::default());
    evaluator.set_subject(&document)?;
    let rules: Vec<_> = rules_for(policies, document.subject.kind()).collect();
    let time = median(|| {
        for rule in &rules {
            black_box(evaluator.evaluate(rule)?);
        }
        Ok(())
    })?;
    println!("nanoseconds\t{}", time.as_nanos());
    for rule in rules {
        println!("rule\t{}", rule.package);
        for finding in evaluator.evaluate(rule)? {
            println!("finding\t{} {}", finding.at, finding.message);
        }
    }
    Ok(())
}

/// Checks some objects once, and says how much memory that took.
fn peak(policies: &PolicySet, count: u32) -> Result<()> {
    let report = gate(policies).check(input(&faulty(count)))?;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!(", {} findings: {}", report.findings.len(), peak.unwrap_or(" not known").trim());
    Ok(())
}

/// The median time of some runs, after one that warms the caches.
fn median<T>(mut work: impl FnMut() -> Result<T>) -> Result<Duration> {
    black_box(work()?);
    let (start, mut times) = (Instant::now(), Vec::new());
    while times.len() < RUNS || start.elapsed() < LEAST {
        let before = Instant::now();
        black_box(work()?);
        times.push(before.elapsed());
    }
    times.sort();
    Ok(times.get(times.len() / 2).copied().unwrap_or_default())
}
