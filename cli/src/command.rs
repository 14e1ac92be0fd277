//! The commands: each takes its arguments, does its work in the engine, and prints.

mod cache;
mod check;
mod completions;
mod diff;
mod facts;
mod init;
mod inspect;
mod manual;
mod plan;
mod policy;
mod render;
mod schema;
mod telemetry;

use crate::args::{Arguments, Command};
use crate::exit::Outcome;

/// Runs the command that was asked for.
pub(crate) fn run(arguments: &Arguments) -> miette::Result<Outcome> {
    let global = &arguments.global;
    match &arguments.command {
        Command::Check(arguments) => check::run(global, arguments),
        Command::Diff(arguments) => diff::run(global, arguments),
        Command::Plan(arguments) => plan::run(global, arguments),
        Command::Render(arguments) => render::run(arguments),
        Command::Facts(arguments) => facts::run(global, arguments),
        Command::Inspect(arguments) => inspect::run(global, arguments),
        Command::Cache(arguments) => cache::run(arguments),
        Command::Telemetry(arguments) => telemetry::run(global, arguments),
        Command::Policy(arguments) => policy::run(global, arguments),
        Command::Init(arguments) => init::run(arguments),
        Command::Schema(arguments) => schema::run(arguments),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Manual(arguments) => manual::run(arguments),
    }
}
