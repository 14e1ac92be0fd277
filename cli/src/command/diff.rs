//! `rollgate diff`: what one report says and another did not.

use std::path::Path;

use miette::IntoDiagnostic as _;
use rollgate_engine::Limits;
use rollgate_engine::report::{self, Report};

use crate::args::{Diff, DiffFormat, Global};
use crate::exit::Outcome;
use crate::output;
use crate::settings::useless;

pub(super) fn run(global: &Global, arguments: &Diff) -> miette::Result<Outcome> {
    let (old, new) = (read(&arguments.old)?, read(&arguments.new)?);
    let diff = report::Diff::between((&old.0, old.1), (&new.0, new.1));
    let text = match arguments.output {
        DiffFormat::Human => report::diff_human(&diff, output::verbosity(global)),
        DiffFormat::Markdown => report::diff_markdown(&diff),
        DiffFormat::Json => diff.json().into_diagnostic()?,
    };
    output::print(&text)?;
    Ok(diff.verdict.into())
}

/// A report and its name.
fn read(file: &Path) -> miette::Result<(String, Report)> {
    let artifact = rollgate_sources::read_file(&Limits::default(), file).map_err(useless)?;
    Ok((artifact.name().to_owned(), report::read(&artifact)?))
}
