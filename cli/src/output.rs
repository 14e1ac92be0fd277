//! Where reports go, and in which format.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::str::FromStr;

use miette::{Context as _, IntoDiagnostic as _};
use rollgate_engine::plan::{self, Plan};
use rollgate_engine::report::{self, Report};
use rollgate_engine::telemetry::{self, FleetTelemetry};

use crate::args::Global;
use crate::log;

/// `--output FORMAT[=FILE]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output<F = Format> {
    format: F,
    /// Standard output where absent.
    file: Option<PathBuf>,
}

/// The formats of one kind of document.
pub(crate) trait Formats: Copy + 'static {
    /// Each with its name.
    const ALL: &'static [(&'static str, Self)];
}

/// The formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Human,
    Json,
    Sarif,
    Junit,
    Github,
    Markdown,
}

impl Formats for Format {
    const ALL: &'static [(&'static str, Self)] = &[
        ("human", Self::Human),
        ("json", Self::Json),
        ("sarif", Self::Sarif),
        ("junit", Self::Junit),
        ("github", Self::Github),
        ("markdown", Self::Markdown),
    ];
}

/// The formats of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlanFormat {
    Human,
    Json,
    Markdown,
}

impl Formats for PlanFormat {
    const ALL: &'static [(&'static str, Self)] =
        &[("human", Self::Human), ("json", Self::Json), ("markdown", Self::Markdown)];
}

/// The formats of what is told of a fleet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TelemetryFormat {
    Human,
    Json,
    Csv,
}

impl Formats for TelemetryFormat {
    const ALL: &'static [(&'static str, Self)] =
        &[("human", Self::Human), ("json", Self::Json), ("csv", Self::Csv)];
}

impl<F: Formats> FromStr for Output<F> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, file) = match text.split_once('=') {
            Some((_, "")) => return Err("the file name after `=` is missing".to_owned()),
            Some((name, file)) => (name, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let format = F::ALL.iter().find(|(known, _)| *known == name);
        let (_, format) = format.ok_or_else(|| {
            let known: Vec<_> = F::ALL.iter().map(|(known, _)| *known).collect();
            format!("`{name}` is no format; there are {}", known.join(", "))
        })?;
        Ok(Self { format: *format, file })
    }
}

/// Writes the report everywhere it was asked for.
pub(crate) fn write(global: &Global, outputs: &[Output], report: &Report) -> miette::Result<()> {
    write_all(outputs, |format, terminal| match format {
        Format::Human => Ok(report::human(report, &human_options(global, terminal))),
        Format::Json => report::json(report).into_diagnostic(),
        Format::Sarif => report::sarif(report, &repository()).into_diagnostic(),
        Format::Junit => report::junit(report).into_diagnostic(),
        Format::Github => Ok(report::github(report, &repository())),
        Format::Markdown => Ok(report::markdown(report)),
    })
}

/// Writes the plan everywhere it was asked for.
pub(crate) fn write_plan(
    global: &Global,
    outputs: &[Output<PlanFormat>],
    plan: &Plan,
) -> miette::Result<()> {
    write_all(outputs, |format, terminal| match format {
        PlanFormat::Human => Ok(plan::human(plan, &human_options(global, terminal))),
        PlanFormat::Json => plan.json().into_diagnostic(),
        PlanFormat::Markdown => Ok(plan::markdown(plan)),
    })
}

/// Writes what is told of a fleet everywhere it was asked for.
pub(crate) fn write_telemetry(
    global: &Global,
    outputs: &[Output<TelemetryFormat>],
    fleet: &FleetTelemetry,
) -> miette::Result<()> {
    write_all(outputs, |format, terminal| match format {
        TelemetryFormat::Human => Ok(telemetry::human(fleet, &human_options(global, terminal))),
        TelemetryFormat::Json => fleet.json().into_diagnostic(),
        TelemetryFormat::Csv => Ok(telemetry::csv(fleet)),
    })
}

/// Writes a document everywhere it was asked for; `render` is told whether that is a terminal. No two
/// outputs may share a destination.
fn write_all<F: Formats>(
    outputs: &[Output<F>],
    render: impl Fn(F, bool) -> miette::Result<String>,
) -> miette::Result<()> {
    let mut destinations = BTreeSet::new();
    if let Some(shared) = outputs.iter().find(|output| !destinations.insert(&output.file)) {
        let file = shared.file.as_ref().map(|file| format!("`{}`", file.display()));
        miette::bail!(
            help = "give each a file of its own: `--output json=report.json`",
            "two reports would be mixed in {}",
            file.as_deref().unwrap_or("standard output")
        );
    }
    outputs.iter().try_for_each(|output| match &output.file {
        None => print(&render(output.format, io::stdout().is_terminal())?),
        Some(file) => {
            let text = render(output.format, false)?;
            rollgate_sources::write(file, text.as_bytes())
                .into_diagnostic()
                .wrap_err_with(|| format!("the report `{}` was not written", file.display()))
        }
    })
}

/// Where the working directory is in the repository, as GitHub's runner tells it.
fn repository() -> report::Repository {
    let folder = std::env::var_os("GITHUB_WORKSPACE").and_then(|root| {
        let here = std::env::current_dir().ok()?;
        Some(here.strip_prefix(root).ok()?.to_owned())
    });
    report::Repository { folder: folder.unwrap_or_default() }
}

fn human_options(global: &Global, terminal: bool) -> report::HumanOptions {
    let color = log::colored(global.color, terminal);
    report::HumanOptions {
        color,
        // Without colour the plain report, which reads as well in a log as on a terminal.
        unicode: terminal && color,
        verbosity: verbosity(global),
        ..report::HumanOptions::default()
    }
}

/// How much to say.
pub(crate) const fn verbosity(global: &Global) -> report::Verbosity {
    match (global.quiet, global.verbose) {
        (true, _) => report::Verbosity::Quiet,
        (false, 0) => report::Verbosity::Normal,
        (false, _) => report::Verbosity::Verbose,
    }
}

/// Prints to standard output. A reader that has gone away, as `head` does, is no error.
pub(crate) fn print(text: &str) -> miette::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).into_diagnostic().wrap_err("standard output was not written")
        }
        _ => Ok(()),
    }
}
