//! Metrics of the process, under the names that every exporter of Prometheus gives them.
//!
//! Read from `/proc/self` at each scrape; where there is none, they are missing.

use std::fmt;
use std::path::Path;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;
use rollgate_engine::Limits;

/// Clock ticks in a second: the kernel's interface has this many on every platform that OpenShift runs
/// on (`USER_HZ`).
const TICKS: f64 = 100.0;

/// Registers them.
pub(super) fn register(registry: &mut Registry) {
    registry.register_collector(Box::new(Process));
}

#[derive(Debug)]
struct Process;

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        if let Some(bytes) = resident_bytes() {
            let gauge = ConstGauge::new(bytes);
            let name = "process_resident_memory_bytes";
            let encoder =
                encoder.encode_descriptor(name, "Memory in use", None, MetricType::Gauge)?;
            gauge.encode(encoder)?;
        }
        if let Some(seconds) = cpu_seconds() {
            let counter = ConstCounter::new(seconds);
            let name = "process_cpu_seconds";
            let encoder =
                encoder.encode_descriptor(name, "CPU time used", None, MetricType::Counter)?;
            counter.encode(encoder)?;
        }
        Ok(())
    }
}

fn read(path: &str) -> Option<String> {
    let file = rollgate_sources::read_file(&Limits::default(), Path::new(path)).ok()?;
    String::from_utf8(file.bytes().to_vec()).ok()
}

/// `VmRSS` of `proc_pid_status(5)`, which is in KiB.
fn resident_bytes() -> Option<i64> {
    let status = read("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: i64 = line.split_whitespace().next()?.parse().ok()?;
    kibibytes.checked_mul(1024)
}

/// The 14th and 15th field of `proc_pid_stat(5)`; the second ends with the last `)`.
fn cpu_seconds() -> Option<f64> {
    let stat = read("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u32>().ok().map(f64::from);
    Some((ticks()? + ticks()?) / TICKS)
}
