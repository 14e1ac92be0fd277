//! Which findings of a check count: those that a baseline does not know, those of a change.

use std::path::Path;

use miette::MietteDiagnostic;
use rollgate_engine::{Baseline, Change, Input, Limits};
use rollgate_sources::{ChangedFiles, GitError};

use crate::args::Check;
use crate::settings::useless;

/// Limits the findings as the arguments ask for.
pub(crate) fn limit(limits: &Limits, arguments: &Check, input: &mut Input) -> miette::Result<()> {
    if let Some(file) = &arguments.baseline {
        let artifact = rollgate_sources::read_file(limits, file).map_err(useless)?;
        input.baseline = Some(Baseline::read(&artifact)?);
    }
    if let Some(reference) = &arguments.changed_since {
        input.change = Some(change(limits, arguments, input, reference).map_err(no_change)?);
    }
    Ok(())
}

fn change(
    limits: &Limits,
    arguments: &Check,
    input: &Input,
    reference: &str,
) -> Result<Change, GitError> {
    let changes = ChangedFiles::since(reference)?;
    let before = changes.before(limits, &arguments.input.paths, &input.artifacts)?;
    let names = input.artifacts.iter().map(|artifact| artifact.name().to_owned());
    Ok(Change {
        since: reference.to_owned(),
        changed: names.filter(|name| changes.changed(Path::new(name))).collect(),
        before: before.artifacts,
        removed: before.removed,
    })
}

/// A change that Git does not tell.
#[expect(clippy::needless_pass_by_value, reason = "as `map_err` gives it")]
fn no_change(error: GitError) -> miette::Report {
    let message = match std::error::Error::source(&error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    };
    MietteDiagnostic::new(message).with_help(error.help()).into()
}
