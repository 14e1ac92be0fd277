//! `rollgate facts`: the documents that policies see.

use miette::IntoDiagnostic as _;
use rollgate_engine::{Gate, Settings, text};

use crate::args::Facts;
use crate::exit::Outcome;
use crate::output;
use crate::settings::{Configured, embedded, read, today};

pub(super) fn run(arguments: &Facts) -> miette::Result<Outcome> {
    let configured = Configured::of(&arguments.input)?;
    let input = read(&configured.limits, &arguments.input, configured.target)?;
    let policies = embedded()?;
    let gate =
        Gate::new(&policies, Settings { limits: configured.limits, ..Settings::on(today()) });
    let facts = gate.facts(input)?;
    let mut document = serde_json::to_value(&facts).into_diagnostic()?;
    if !arguments.reveal {
        text::mask_json(&mut document);
    }
    let text = serde_json::to_string_pretty(&document).into_diagnostic()?;
    output::print(&format!("{text}\n"))?;
    Ok(Outcome::Done)
}
