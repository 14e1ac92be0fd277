//! `rollgate plan`: what a change does to the nodes of each pool.

use rollgate_engine::plan::PlanStatus;
use rollgate_engine::{Gate, Settings};

use crate::args::{Global, Plan};
use crate::exit::Outcome;
use crate::output;
use crate::progress::Progress;
use crate::settings::{Configured, embedded, read, today};

pub(super) fn run(global: &Global, arguments: &Plan) -> miette::Result<Outcome> {
    if arguments.input.target.against.is_empty() {
        miette::bail!(
            help = "give the objects of the cluster with `--against`",
            "a plan compares with what runs now, which is not given"
        );
    }
    let configured = Configured::of(&arguments.input)?;
    let progress = Progress::start(global, "reading");
    let input = read(&configured.limits, &arguments.input, configured.target)?;
    let policies = embedded()?;
    progress.say("planning");
    let gate =
        Gate::new(&policies, Settings { limits: configured.limits, ..Settings::on(today()) });
    let plan = gate.plan(input)?;
    drop(progress);
    output::write_plan(global, &arguments.output, &plan)?;
    Ok(match plan.status {
        PlanStatus::Planned => Outcome::Done,
        PlanStatus::Inconclusive => Outcome::Inconclusive,
        PlanStatus::Refused => Outcome::Denied,
    })
}
