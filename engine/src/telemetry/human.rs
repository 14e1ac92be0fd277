//! What is told of a fleet, for people: a table for each cluster, what is not known, and the totals.
//!
//! Owns wording and columns. What is not known is `?`, what there is none of is `-`.

use std::fmt::{self, Write as _};

use owo_colors::{OwoColorize as _, Style};

use super::model::{
    Answer, ClusterTelemetry, ExtensionTelemetry, FleetTelemetry, ImageOverride, KernelTelemetry,
    PoolTelemetry,
};
use super::totals::Totals;
use crate::report::wording::counted;
use crate::report::{HumanOptions, Verbosity, clean};

/// How many characters of a name are shown; the names of pools and extensions are shorter.
const NAME: usize = 60;

/// What is told of a fleet, for people.
pub fn human(fleet: &FleetTelemetry, options: &HumanOptions) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = Printer { options, text: &mut text }.fleet(fleet);
    text
}

struct Printer<'a> {
    options: &'a HumanOptions,
    text: &'a mut String,
}

/// One line of a table; the first holds the headings.
type Row = Vec<String>;

impl Printer<'_> {
    fn fleet(&mut self, fleet: &FleetTelemetry) -> fmt::Result {
        if self.options.verbosity != Verbosity::Quiet {
            fleet.clusters.iter().try_for_each(|cluster| self.cluster(cluster))?;
        }
        self.totals(&fleet.totals)
    }

    fn cluster(&mut self, cluster: &ClusterTelemetry) -> fmt::Result {
        let headline = format!("{}: {}", name(&cluster.name), headline(cluster));
        self.bold(&headline)?;
        let target = cluster.target_release.as_deref();
        let mut rows = vec![headings(cluster.release.as_deref(), target)];
        let verbose = self.options.verbosity == Verbosity::Verbose;
        for pool in &cluster.pools {
            let about = pool.extensions.iter().map(extension);
            let shown = pool
                .kernel_types
                .iter()
                .filter(|it| verbose || it.kernel_type != "default" || pool.kernel_types.len() > 1);
            let about = about.chain(shown.map(kernel));
            let about = about.chain(pool.os_image.iter().map(|it| image("os image", it)));
            let images = pool.extensions_image.iter().map(|it| image("extensions image", it));
            let mut about: Vec<[String; 6]> = about.chain(images).collect();
            if about.is_empty() {
                about.push(["-"; 6].map(ToOwned::to_owned));
            }
            for (index, cells) in about.into_iter().enumerate() {
                let first = index == 0;
                let mut row = if first { pool_cells(pool) } else { vec![String::new(); 2] };
                row.extend(cells);
                if target.is_none() {
                    row.pop();
                }
                rows.push(row);
            }
        }
        if rows.len() > 1 {
            self.table(&rows)?;
        }
        let stray = cluster.machines_in_no_pool.unwrap_or(0);
        if stray > 0 {
            self.line(&format!("  {} in no pool", amount(stray, "machine")))?;
        }
        for pool in &cluster.pools {
            for unknown in &pool.unknown {
                let what = unknown.what.word().replace('_', " ");
                self.line(&format!(
                    "  not known of {}: {what}: {}",
                    name(&pool.name),
                    unknown.reason
                ))?;
            }
        }
        for unread in &cluster.unread {
            self.line(&format!("  not read: {}: {}", unread.name, unread.message))?;
            self.line(&format!("    help: {}", unread.help))?;
        }
        self.line("")
    }

    fn totals(&mut self, totals: &Totals) -> fmt::Result {
        let mut headline = format!(
            "total: {}, {}, {}",
            amount(totals.clusters, "cluster"),
            amount(totals.pools, "pool"),
            amount(totals.machines, "machine"),
        );
        let notes = [
            (totals.paused_pools, "paused pool"),
            (totals.pools_without_machines, "pool of unknown size"),
            (totals.clusters_with_unread, "cluster not read in full"),
        ];
        for (count, what) in notes.into_iter().filter(|(count, _)| *count > 0) {
            let (noun, rest) = what.split_once(' ').unwrap_or((what, ""));
            let (noun, rest) = if noun == "paused" { (what, "") } else { (noun, rest) };
            let gap = if rest.is_empty() { "" } else { " " };
            let _ = write!(headline, ", {}{gap}{rest}", amount(count, noun));
        }
        self.bold(&headline)?;
        let mut rows = vec![
            ["what", "name", "clusters", "pools", "machines", "unsupported", "on target"]
                .map(ToOwned::to_owned)
                .to_vec(),
        ];
        let number = |number: u64| number.to_string();
        for it in &totals.releases {
            let release = it.release.as_deref().unwrap_or("?");
            let mut row = vec!["release".to_owned(), name(release), number(it.clusters)];
            row.extend(["-"; 4].map(ToOwned::to_owned));
            rows.push(row);
        }
        for it in &totals.extensions {
            rows.push(vec![
                "extension".to_owned(),
                name(&it.name),
                number(it.clusters),
                number(it.pools),
                machines(it.machines, it.pools_with_unknown_machines),
                unsure(it.unsupported_pools, it.pools_with_unknown_support),
                number(it.unsupported_on_target_pools),
            ]);
        }
        for it in &totals.kernel_types {
            let machines = machines(it.machines, it.pools_with_unknown_machines);
            let mut row = vec!["kernel".to_owned(), name(&it.kernel_type)];
            row.extend([number(it.clusters), number(it.pools), machines]);
            row.extend(["-"; 2].map(ToOwned::to_owned));
            rows.push(row);
        }
        for it in &totals.os_images {
            let mut row = vec!["os image".to_owned(), format!("by {}", it.by.word())];
            row.extend([number(it.clusters), number(it.pools), number(it.machines)]);
            row.extend(["-"; 2].map(ToOwned::to_owned));
            rows.push(row);
        }
        self.table(&rows)
    }

    /// Columns as wide as their widest cell, the first row as headings.
    fn table(&mut self, rows: &[Row]) -> fmt::Result {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for (index, row) in rows.iter().enumerate() {
            let cells = row.iter().zip(&widths);
            let cells: Vec<_> = cells.map(|(cell, width)| format!("{cell:width$}")).collect();
            let line = format!("  {}", cells.join("  "));
            let line = line.trim_end();
            if index == 0 && self.options.color {
                writeln!(self.text, "{}", line.style(Style::new().dimmed()))?;
            } else {
                writeln!(self.text, "{line}")?;
            }
        }
        Ok(())
    }

    fn bold(&mut self, text: &str) -> fmt::Result {
        let text = clean(text);
        if self.options.color {
            writeln!(self.text, "{}", text.style(Style::new().bold()))
        } else {
            writeln!(self.text, "{text}")
        }
    }

    fn line(&mut self, text: &str) -> fmt::Result {
        writeln!(self.text, "{}", clean(text))
    }
}

fn headline(cluster: &ClusterTelemetry) -> String {
    let release = match (&cluster.release, &cluster.target_release) {
        (Some(release), Some(target)) => format!("release {release}, on its way to {target}"),
        (Some(release), None) => format!("release {release}"),
        (None, Some(target)) => format!("release not known, on its way to {target}"),
        (None, None) => "release not known".to_owned(),
    };
    let stream = cluster.stream.map(|stream| format!(", {stream}"));
    release + &stream.unwrap_or_default()
}

fn headings(release: Option<&str>, target: Option<&str>) -> Row {
    let on = |release: Option<&str>| format!("on {}", release.unwrap_or("?"));
    let mut row =
        ["pool", "machines", "what", "name", "asked by", "run by"].map(ToOwned::to_owned).to_vec();
    row.push(on(release));
    row.extend(target.map(|target| on(Some(target))));
    row
}

fn pool_cells(pool: &PoolTelemetry) -> Row {
    let machines = match pool.machines {
        None => "?".to_owned(),
        Some(it) if it.done == it.total => it.total.to_string(),
        Some(it) => format!("{} ({} done)", it.total, it.done),
    };
    let paused = if pool.paused == Some(true) { " (paused)" } else { "" };
    vec![name(&pool.name) + paused, machines]
}

fn extension(extension: &ExtensionTelemetry) -> [String; 6] {
    let asked = match (extension.asked, extension.machine_configs) {
        (false, _) => "-".to_owned(),
        (true, None) => "?".to_owned(),
        (true, Some(count)) => amount(count, "MachineConfig"),
    };
    let known = if extension.known { "" } else { " (no release has it)" };
    [
        "extension".to_owned(),
        name(&extension.name) + known,
        asked,
        run_by(extension.machines),
        answer(extension.supported),
        extension.supported_on_target.map_or_else(|| "-".to_owned(), answer),
    ]
}

fn kernel(kernel: &KernelTelemetry) -> [String; 6] {
    [
        "kernel".to_owned(),
        name(&kernel.kernel_type),
        if kernel.asked { "pool" } else { "-" }.to_owned(),
        run_by(kernel.machines),
        "-".to_owned(),
        "-".to_owned(),
    ]
}

fn image(what: &str, image: &ImageOverride) -> [String; 6] {
    let releases = image.releases_behind.map(|behind| amount(u64::from(behind), "release"));
    let days = image.days_behind.map(|behind| match behind {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    });
    let behind: Vec<String> = releases.into_iter().chain(days).collect();
    let age = if behind.is_empty() {
        "age ?".to_owned()
    } else {
        format!("{} behind", behind.join(" and "))
    };
    let (by, signed) = (image.by.word(), answer(image.signed));
    let mut about = format!("by {by}, signature {signed}, {age}");
    if let Some(reference) = &image.reference {
        let _ = write!(about, ", {}", clean(reference));
    }
    let dash = || "-".to_owned();
    [what.to_owned(), about, "pool".to_owned(), run_by(image.machines), dash(), dash()]
}

fn run_by(machines: Option<u64>) -> String {
    machines.map_or_else(|| "?".to_owned(), |machines| machines.to_string())
}

/// `3`, or `3+` where some machines do not tell.
fn machines(count: u64, unknown: u64) -> String {
    if unknown > 0 { format!("{count}+") } else { count.to_string() }
}

/// `1 pool`, and of how many it is not known.
fn unsure(count: u64, unknown: u64) -> String {
    if unknown > 0 { format!("{count} ({unknown}?)") } else { count.to_string() }
}

fn answer(answer: Answer) -> String {
    match answer {
        Answer::Unknown => "?".to_owned(),
        known => known.word().to_owned(),
    }
}

fn amount(count: u64, noun: &str) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), noun)
}

/// A name as a terminal shows it, not too long for a table.
fn name(text: &str) -> String {
    let shown = clean(text);
    match shown.char_indices().nth(NAME) {
        Some((end, _)) => format!("{}…", shown.get(..end).unwrap_or_default()),
        None => shown,
    }
}
