//! `rollgate schema`: the JSON Schema of a document.

use miette::IntoDiagnostic as _;
use rollgate_engine::configuration::Configuration;
use rollgate_engine::plan::Plan;
use rollgate_engine::report::{Diff, Report};
use rollgate_engine::telemetry::FleetTelemetry;
use rollgate_facts::Facts;

use crate::args::{Schema, SchemaDocument};
use crate::exit::Outcome;
use crate::output;

pub(super) fn run(arguments: &Schema) -> miette::Result<Outcome> {
    let schema = match arguments.document {
        SchemaDocument::Facts => Facts::schema(),
        SchemaDocument::Report => Report::schema(),
        SchemaDocument::Config => Configuration::schema(),
        SchemaDocument::Plan => Plan::schema(),
        SchemaDocument::Diff => Diff::schema(),
        SchemaDocument::Telemetry => FleetTelemetry::schema(),
    };
    let text = serde_json::to_string_pretty(&schema).into_diagnostic()?;
    output::print(&format!("{text}\n"))?;
    Ok(Outcome::Done)
}
