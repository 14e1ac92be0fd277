//! The plan as Markdown, for a pull request: one table of pools, and the changes of each folded away.
//!
//! Texts from inputs stand in it as they are: nothing of them is markup, a link or a mention.

use std::fmt::{self, Write as _};

use super::wording::{
    assumptions, headline, item, nodes, origin, presence, status, steps, summary, what,
};
use super::{Change, ChangeSide, ChangeWay, Plan, PlanStatus, PoolPlan};
use crate::report::markdown::escape::{code, plain, prose};

/// How many changes of a pool are listed: GitHub takes comments of 65 536 characters.
const CHANGES: usize = 60;

/// The plan as Markdown.
pub fn markdown(plan: &Plan) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write(&mut text, plan);
    text
}

fn write(text: &mut String, plan: &Plan) -> fmt::Result {
    writeln!(text, "### rollgate plan: {}\n", status(plan.status))?;
    writeln!(text, "| Pool | Effect | Nodes | Time |\n|---|---|---|---|")?;
    plan.pools.iter().try_for_each(|pool| row(text, pool))?;
    writeln!(text)?;
    plan.pools.iter().try_for_each(|pool| details(text, pool))?;
    for unjudged in &plan.unjudged {
        writeln!(text, "- not read: {}: {}", code(&unjudged.name), prose(&unjudged.message))?;
    }
    if !plan.unjudged.is_empty() {
        writeln!(text)?;
    }
    let all = assumptions(plan);
    if !all.is_empty() {
        writeln!(text, "Assumed:\n")?;
        all.iter().try_for_each(|assumption| writeln!(text, "- {}", prose(assumption)))?;
        writeln!(text)?;
    }
    writeln!(text, "{}", plain(&summary(plan)))
}

fn row(text: &mut String, pool: &PoolPlan) -> fmt::Result {
    let effect = match (pool.status, &pool.effect) {
        (PlanStatus::Planned, Some(effect)) => what(effect) + presence(pool.presence),
        _ => headline(pool),
    };
    let rollout = pool.rollout.as_ref();
    let paused = rollout.is_some_and(|rollout| rollout.paused);
    let nodes = rollout.map(nodes).unwrap_or_default();
    let time = rollout.and_then(|rollout| rollout.minutes).map(|minutes| minutes.to_string());
    writeln!(
        text,
        "| {} | {}{} | {} | {} |",
        code(&pool.name),
        plain(&effect),
        if paused { ", once the pool is no longer paused" } else { "" },
        plain(&nodes),
        plain(&time.unwrap_or_default())
    )
}

fn details(text: &mut String, pool: &PoolPlan) -> fmt::Result {
    for reason in &pool.reasons {
        let place =
            reason.origin.as_ref().map(|origin| format!(", in {}", code(&origin.to_string())));
        let what = status(reason.status);
        writeln!(
            text,
            "- {} is {what}: {}{}",
            code(&pool.name),
            prose(&reason.text),
            place.unwrap_or_default()
        )?;
    }
    if !pool.reasons.is_empty() {
        writeln!(text)?;
    }
    let changes = pool.effect.as_ref().map(|effect| effect.changes.as_slice()).unwrap_or_default();
    if changes.is_empty() {
        return Ok(());
    }
    let count = changes.len();
    let noun = if count == 1 { "change" } else { "changes" };
    writeln!(
        text,
        "<details><summary>{count} {noun} of pool <code>{}</code></summary>\n",
        plain(&pool.name)
    )?;
    if let Some(why) = pool.effect.as_ref().and_then(|effect| effect.drain_reason.as_ref()) {
        writeln!(text, "Drained because {}.\n", prose(why))?;
    }
    if pool.effect.as_ref().is_some_and(|effect| effect.rebuild == Some(true)) {
        writeln!(text, "On-cluster layering builds a new image first.\n")?;
    }
    writeln!(text, "| | What | Now | Before | Effect |\n|---|---|---|---|---|")?;
    changes.iter().take(CHANGES).try_for_each(|change| change_row(text, change))?;
    if let Some(more @ 1..) = count.checked_sub(CHANGES) {
        writeln!(text, "\nand {more} more")?;
    }
    writeln!(text, "\n</details>\n")
}

fn change_row(text: &mut String, change: &Change) -> fmt::Result {
    let sign = match change.change {
        ChangeWay::Added => "added",
        ChangeWay::Removed => "removed",
        ChangeWay::Modified => "changed",
        ChangeWay::Reordered => "reordered",
    };
    let side = |side: &Option<ChangeSide>| side.as_ref().map(|side| code(&origin(side)));
    writeln!(
        text,
        "| {sign} | {} | {} | {} | {}: {} |",
        item(change, code),
        side(&change.new).unwrap_or_default(),
        side(&change.old).unwrap_or_default(),
        plain(&steps(&change.steps)),
        prose(&change.because)
    )
}
