//! The plan for people: a headline for each pool, why, and what changes from where to where.

use std::fmt::{self, Write as _};

use owo_colors::{OwoColorize as _, Style};

use super::wording::{assumptions, headline, item, origin, steps, summary};
use super::{Change, ChangeWay, Plan, PlanStatus, PoolPlan, Reason};
use crate::report::{HumanOptions, Verbosity, clean};

/// The plan for people.
pub fn human(plan: &Plan, options: &HumanOptions) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = Printer { options, text: &mut text }.plan(plan);
    text
}

struct Printer<'a> {
    options: &'a HumanOptions,
    text: &'a mut String,
}

impl Printer<'_> {
    fn plan(&mut self, plan: &Plan) -> fmt::Result {
        plan.pools.iter().try_for_each(|pool| self.pool(pool))?;
        for unjudged in &plan.unjudged {
            let place = unjudged.place.as_ref().map_or(unjudged.name.clone(), ToString::to_string);
            self.line(&format!("not read: {place}: {}", unjudged.message))?;
            self.line(&format!("  help: {}", unjudged.help))?;
        }
        if !plan.unjudged.is_empty() {
            self.line("")?;
        }
        if self.options.verbosity != Verbosity::Quiet {
            self.assumptions(plan)?;
        }
        let summary = self.styled(&summary(plan), of_status(plan.status));
        writeln!(self.text, "{summary}")
    }

    fn pool(&mut self, pool: &PoolPlan) -> fmt::Result {
        let quiet = self.options.verbosity == Verbosity::Quiet;
        let headline = format!("{}: {}", pool.name, headline(pool));
        let headline = self.styled(&headline, of_pool(pool));
        writeln!(self.text, "{headline}")?;
        pool.reasons.iter().try_for_each(|reason| self.reason(reason))?;
        if quiet {
            return Ok(());
        }
        if let Some(effect) = &pool.effect {
            if let Some(why) = &effect.drain_reason {
                self.line(&format!("  drained because {why}"))?;
            }
            if let Some(rebuild) = effect.rebuild {
                let what =
                    if rebuild { "a new image is built first" } else { "no new image is built" };
                self.line(&format!("  on-cluster layering: {what}"))?;
            }
            effect.changes.iter().try_for_each(|change| self.change(change))?;
        }
        self.names(pool)?;
        self.line("")
    }

    fn reason(&mut self, reason: &Reason) -> fmt::Result {
        let what = match reason.status {
            PlanStatus::Refused => "refused",
            _ => "not known",
        };
        let place = reason.origin.as_ref().map(|origin| format!(", in {origin}"));
        self.line(&format!("  {what}: {}{}", reason.text, place.unwrap_or_default()))
    }

    fn change(&mut self, change: &Change) -> fmt::Result {
        let (sign, style) = match change.change {
            ChangeWay::Added => ("+", Style::new().green()),
            ChangeWay::Removed => ("-", Style::new().red()),
            ChangeWay::Modified | ChangeWay::Reordered => ("~", Style::new().yellow()),
        };
        let sign = self.styled(sign, style);
        let item = clean(&item(change, |name| format!("`{name}`")));
        writeln!(self.text, "  {sign} {item}")?;
        let sides = match (&change.old, &change.new) {
            (Some(old), Some(new)) if old.origin.is_some() || new.origin.is_some() => {
                Some(format!("now {}; was {}", origin(new), origin(old)))
            }
            (None, Some(new)) => Some(format!("in {}", origin(new))),
            (Some(old), None) => Some(format!("was {}", origin(old))),
            _ => None,
        };
        if let Some(sides) = sides {
            self.line(&format!("      {sides}"))?;
        }
        self.line(&format!("      {}: {}", steps(&change.steps), change.because))
    }

    fn names(&mut self, pool: &PoolPlan) -> fmt::Result {
        let Some(rollout) = pool.rollout.as_ref().filter(|rollout| !rollout.names.is_empty())
        else {
            return Ok(());
        };
        let most = if self.options.verbosity == Verbosity::Verbose { usize::MAX } else { SHOWN };
        let shown: Vec<&str> = rollout.names.iter().take(most).map(String::as_str).collect();
        let more = match rollout.names.len() - shown.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        self.line(&format!("  nodes: {}{more}", shown.join(", ")))
    }

    fn assumptions(&mut self, plan: &Plan) -> fmt::Result {
        let all = assumptions(plan);
        if all.is_empty() {
            return Ok(());
        }
        self.line("assumed:")?;
        all.iter().try_for_each(|assumption| self.line(&format!("  {assumption}")))?;
        self.line("")
    }

    fn line(&mut self, text: &str) -> fmt::Result {
        writeln!(self.text, "{}", clean(text))
    }

    /// A text that a terminal does not obey, in a style where colours are wanted.
    fn styled(&self, text: &str, style: Style) -> String {
        let text = clean(text);
        if self.options.color { text.style(style).to_string() } else { text }
    }
}

/// How many nodes are named.
const SHOWN: usize = 5;

fn of_status(status: PlanStatus) -> Style {
    let style = Style::new().bold();
    match status {
        PlanStatus::Planned => style.green(),
        PlanStatus::Inconclusive => style.yellow(),
        PlanStatus::Refused => style.red(),
    }
}

/// What costs a reboot or a drain stands out among what goes unnoticed.
fn of_pool(pool: &PoolPlan) -> Style {
    let drains = pool.effect.as_ref().is_some_and(|effect| effect.drain);
    match pool.status {
        PlanStatus::Planned if drains => Style::new().bold().yellow(),
        status => of_status(status),
    }
}
