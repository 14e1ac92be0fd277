//! `rollgate policy`: lists, explains, checks, tests and writes policies.

mod explain;
mod list;
mod new;
mod test;

use std::path::PathBuf;

use miette::IntoDiagnostic as _;
use rollgate_engine::Limits;
use rollgate_engine::policy::{self, BundleTrust, LoadError, LoadErrors, PolicyRoot, PolicySet};
use serde_json::{Value, json};

use crate::args::{Global, ListFormat, Policy, PolicyCheck, PolicyCommand};
use crate::exit::Outcome;
use crate::settings::{not_loaded, policy_roots};
use crate::{bundles, output};

pub(super) fn run(global: &Global, arguments: &Policy) -> miette::Result<Outcome> {
    match &arguments.command {
        PolicyCommand::List(arguments) => list::run(arguments),
        PolicyCommand::Explain(arguments) => explain::run(global, arguments),
        PolicyCommand::Check(arguments) => check(arguments),
        PolicyCommand::Test(arguments) => test::run(global, arguments),
        PolicyCommand::New(arguments) => new::run(arguments),
    }
}

fn check(arguments: &PolicyCheck) -> miette::Result<Outcome> {
    let limits = Limits::default();
    let trust = bundles::trust(&limits, &arguments.folders.bundles)?;
    let roots = policy_roots(&limits, &arguments.folders.folders, &trust)?;
    let rules = policy::check(&roots);
    if arguments.output == ListFormat::Json {
        let codes: Vec<_> = rules.iter().flatten().map(|rule| rule.code.clone()).collect();
        print_json(&checked(&codes, rules.as_ref().err()))?;
    }
    let rules = rules.map_err(|errors| not_loaded(&errors))?;
    if arguments.output == ListFormat::Human {
        let noun = if rules.len() == 1 { "rule" } else { "rules" };
        output::print(&format!("{} {noun} can be trusted\n", rules.len()))?;
    }
    Ok(Outcome::Done)
}

fn checked(codes: &[String], errors: Option<&LoadErrors>) -> Value {
    let error = |error: &LoadError| {
        json!({
            "file": error.place.file,
            "line": error.place.line,
            "column": error.place.column,
            "message": error.message,
            "help": error.help,
        })
    };
    let errors = errors.map(LoadErrors::errors).unwrap_or_default();
    json!({ "rules": codes, "errors": errors.iter().map(error).collect::<Vec<_>>() })
}

/// The policies of some folders, and the roots themselves.
fn load(folders: &[PathBuf], trust: &BundleTrust) -> miette::Result<(PolicySet, Vec<PolicyRoot>)> {
    let roots = policy_roots(&Limits::default(), folders, trust)?;
    let policies = PolicySet::load(&roots).map_err(|errors| not_loaded(&errors))?;
    Ok((policies, roots))
}

fn print_json(document: &Value) -> miette::Result<()> {
    let text = serde_json::to_string_pretty(document).into_diagnostic()?;
    output::print(&format!("{text}\n"))
}
