//! `rollgate check`: judges a change.

use rollgate_engine::Gate;

use crate::args::{Check, Global};
use crate::exit::Outcome;
use crate::output;
use crate::progress::Progress;
use crate::scope;
use crate::settings::{Judging, read};

pub(super) fn run(global: &Global, arguments: &Check) -> miette::Result<Outcome> {
    let progress = Progress::start(global, "loading policies");
    let judging = Judging::of(arguments)?;
    progress.say("reading");
    let mut input = read(&judging.settings.limits, &arguments.input, judging.target)?;
    input.allow_empty = arguments.allow_empty;
    input.upgrade_to.clone_from(&arguments.upgrade_to);
    scope::limit(&judging.settings.limits, arguments, &mut input)?;
    progress.say("judging");
    // The process ends with this run; taking hundreds of policies apart first only makes it longer.
    let policies = Box::leak(Box::new(judging.policies));
    let gate = Gate::new(policies, judging.settings);
    let report = gate.check(input)?;
    drop(progress);
    output::write(global, &arguments.output, &report)?;
    Ok(report.verdict.into())
}
