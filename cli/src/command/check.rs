//! `rollgate check`: judges a change.

use std::thread;

use rollgate_engine::Gate;
use rollgate_engine::policy::PolicySet;

use crate::args::{Check, Global};
use crate::exit::Outcome;
use crate::images;
use crate::output;
use crate::progress::Progress;
use crate::scope;
use crate::settings::{Judging, read};

pub(super) fn run(global: &Global, arguments: &Check) -> miette::Result<Outcome> {
    let progress = Progress::start(global, "loading policies");
    let Judging { policies, settings, target } = Judging::of(arguments)?;
    let limits = settings.limits.clone();
    // The process ends with this run; taking hundreds of policies apart first only makes it longer.
    let policies: &'static PolicySet = Box::leak(Box::new(policies));
    let gate: &'static Gate<'_> = Box::leak(Box::new(Gate::new(policies, settings)));
    // Where there is no thread to be had, everything is made ready when it is needed.
    let _ = thread::Builder::new().spawn(|| gate.warm_up());
    progress.say("reading");
    let mut input = read(&limits, &arguments.input, target)?;
    input.allow_empty = arguments.allow_empty;
    input.upgrade_to.clone_from(&arguments.upgrade_to);
    images::add(gate, &limits, &arguments.images, &progress, &mut input)?;
    scope::limit(&limits, arguments, &mut input)?;
    progress.say("judging");
    let report = match arguments.targets.as_slice() {
        [] => gate.check(input)?,
        targets => gate.check_for(&input, targets)?,
    };
    drop(progress);
    output::write(global, &arguments.output, &report)?;
    Ok(report.verdict.into())
}
