//! What is told of a fleet, as CSV for spreadsheets: a line for each item of each pool, then the totals.
//!
//! Owns the columns and the quoting (RFC 4180). A cell that a spreadsheet would take for a formula gets an
//! apostrophe in front: names of pools and extensions come from whoever may write objects. What is not
//! known is an empty cell.

use super::model::{Answer, ClusterTelemetry, FleetTelemetry, ImageOverride, PoolTelemetry};
use super::totals::Totals;

/// The columns. `machines` counts those that are known to run the item, `machines_total` those of the pool.
const COLUMNS: [&str; 19] = [
    "cluster",
    "release",
    "target_release",
    "pool",
    "paused",
    "kind",
    "name",
    "asked",
    "machine_configs",
    "machines",
    "machines_total",
    "supported",
    "supported_on_target",
    "releases_behind",
    "days_behind",
    "clusters",
    "pools",
    "unsupported_pools",
    "unsupported_on_target_pools",
];

/// What stands for all clusters in the column `cluster`.
const ALL: &str = "(total)";

/// One line.
#[derive(Debug, Clone, Default)]
struct Line<'a> {
    cluster: &'a str,
    release: Option<&'a str>,
    target_release: Option<&'a str>,
    pool: &'a str,
    paused: Option<bool>,
    kind: &'a str,
    name: &'a str,
    asked: Option<bool>,
    machine_configs: Option<u64>,
    machines: Option<u64>,
    machines_total: Option<u64>,
    supported: Option<Answer>,
    supported_on_target: Option<Answer>,
    releases_behind: Option<u32>,
    days_behind: Option<u32>,
    clusters: Option<u64>,
    pools: Option<u64>,
    unsupported_pools: Option<u64>,
    unsupported_on_target_pools: Option<u64>,
}

/// What is told of a fleet, as CSV.
pub fn csv(fleet: &FleetTelemetry) -> String {
    let clusters = fleet.clusters.iter().flat_map(cluster);
    let lines = clusters.chain(totals(&fleet.totals)).map(Line::cells);
    let head = COLUMNS.map(ToOwned::to_owned);
    let lines = std::iter::once(head).chain(lines);
    lines.map(|cells| cells.map(|cell| quoted(&cell)).join(",") + "\r\n").collect()
}

fn cluster(cluster: &ClusterTelemetry) -> Vec<Line<'_>> {
    let line = Line {
        cluster: &cluster.name,
        release: cluster.release.as_deref(),
        target_release: cluster.target_release.as_deref(),
        ..Line::default()
    };
    let unread = cluster.unread.iter().map(|unread| Line {
        kind: "unread",
        name: &unread.name,
        ..line.clone()
    });
    let pools = cluster.pools.iter().flat_map(|it| pool(&line, it));
    pools.chain(unread).collect()
}

fn pool<'a>(cluster: &Line<'a>, pool: &'a PoolTelemetry) -> Vec<Line<'a>> {
    let total = pool.machines.map(|machines| machines.total);
    let line =
        Line { pool: &pool.name, paused: pool.paused, machines_total: total, ..cluster.clone() };
    let done = pool.machines.map(|machines| machines.done);
    let own = Line { kind: "pool", name: &pool.name, machines: done, ..line.clone() };
    let extensions = pool.extensions.iter().map(|it| Line {
        kind: "extension",
        name: &it.name,
        asked: Some(it.asked),
        machine_configs: it.machine_configs,
        machines: it.machines,
        supported: Some(it.supported),
        supported_on_target: it.supported_on_target,
        ..line.clone()
    });
    let kernels = pool.kernel_types.iter().map(|it| Line {
        kind: "kernel_type",
        name: &it.kernel_type,
        asked: Some(it.asked),
        machines: it.machines,
        ..line.clone()
    });
    let image = |kind: &'static str, it: &'a ImageOverride| Line {
        kind,
        name: it.by.word(),
        asked: Some(true),
        machines: it.machines,
        releases_behind: it.releases_behind,
        days_behind: it.days_behind,
        ..line.clone()
    };
    let os_image = pool.os_image.iter().map(|it| image("os_image", it));
    let extensions_image = pool.extensions_image.iter().map(|it| image("extensions_image", it));
    let unknown = pool.unknown.iter().map(|it| Line {
        kind: "unknown",
        name: it.what.word(),
        ..line.clone()
    });
    let lines = std::iter::once(own).chain(extensions).chain(kernels);
    lines.chain(os_image).chain(extensions_image).chain(unknown).collect()
}

/// The totals, each with the number of clusters and pools behind it.
fn totals(totals: &Totals) -> Vec<Line<'_>> {
    let line = Line { cluster: ALL, ..Line::default() };
    let releases = totals.releases.iter().map(|it| Line {
        kind: "release",
        release: it.release.as_deref(),
        name: it.release.as_deref().unwrap_or("unknown"),
        clusters: Some(it.clusters),
        ..line.clone()
    });
    let extensions = totals.extensions.iter().map(|it| Line {
        kind: "extension",
        name: &it.name,
        clusters: Some(it.clusters),
        pools: Some(it.pools),
        machines: Some(it.machines),
        unsupported_pools: Some(it.unsupported_pools),
        unsupported_on_target_pools: Some(it.unsupported_on_target_pools),
        ..line.clone()
    });
    let kernels = totals.kernel_types.iter().map(|it| Line {
        kind: "kernel_type",
        name: &it.kernel_type,
        clusters: Some(it.clusters),
        pools: Some(it.pools),
        machines: Some(it.machines),
        ..line.clone()
    });
    let images = totals.os_images.iter().map(|it| Line {
        kind: "os_image",
        name: it.by.word(),
        clusters: Some(it.clusters),
        pools: Some(it.pools),
        machines: Some(it.machines),
        ..line.clone()
    });
    let all = Line {
        kind: "pool",
        name: "all",
        clusters: Some(totals.clusters),
        pools: Some(totals.pools),
        machines_total: Some(totals.machines),
        ..line.clone()
    };
    std::iter::once(all).chain(releases).chain(extensions).chain(kernels).chain(images).collect()
}

impl Line<'_> {
    fn cells(self) -> [String; COLUMNS.len()] {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let number = |number: Option<u64>| number.map(|it| it.to_string()).unwrap_or_default();
        let flag = |flag: Option<bool>| flag.map(|it| it.to_string()).unwrap_or_default();
        let answer = |answer: Option<Answer>| text(answer.map(Answer::word));
        [
            self.cluster.to_owned(),
            text(self.release),
            text(self.target_release),
            self.pool.to_owned(),
            flag(self.paused),
            self.kind.to_owned(),
            self.name.to_owned(),
            flag(self.asked),
            number(self.machine_configs),
            number(self.machines),
            number(self.machines_total),
            answer(self.supported),
            answer(self.supported_on_target),
            number(self.releases_behind.map(u64::from)),
            number(self.days_behind.map(u64::from)),
            number(self.clusters),
            number(self.pools),
            number(self.unsupported_pools),
            number(self.unsupported_on_target_pools),
        ]
    }
}

/// A cell, quoted where it has to be, without what a terminal or a spreadsheet would obey.
fn quoted(cell: &str) -> String {
    let shown = crate::report::clean(cell);
    let is_formula = shown.starts_with(['=', '+', '-', '@']);
    let shown = if is_formula { format!("'{shown}") } else { shown };
    if shown.contains([',', '"']) { format!("\"{}\"", shown.replace('"', "\"\"")) } else { shown }
}
