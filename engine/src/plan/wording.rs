//! How a plan reads: what the renderers for people say alike.
//!
//! A reboot of three nodes → `reboot, 3 nodes one at a time, 15 to 45 minutes`.

use super::{
    Change, ChangeKind, ChangeSide, ChangeWay, Plan, PlanStatus, PoolEffect, PoolPlan, Presence,
    Rollout,
};
use crate::extract::effect::{Action, Step};
use crate::report::wording::{counted, some_of};

/// What happens to a pool, in a few words: `reboot, 3 nodes one at a time, 15 to 45 minutes`.
pub(super) fn headline(pool: &PoolPlan) -> String {
    let done = pool.effect.as_ref().map(what);
    let what = match (pool.status, done) {
        (PlanStatus::Refused, Some(done)) => format!("refused, would be: {done}"),
        (PlanStatus::Refused, None) => "refused".to_owned(),
        (PlanStatus::Inconclusive, Some(done)) => format!("not certain: {done}"),
        (PlanStatus::Inconclusive | PlanStatus::Planned, None) => "cannot be planned".to_owned(),
        (PlanStatus::Planned, Some(done)) => done,
    };
    let paused = pool.rollout.as_ref().is_some_and(|rollout| rollout.paused);
    let paused = if paused { "paused, so nothing until that ends; then " } else { "" };
    let parts = [Some(format!("{paused}{what}")), pool.rollout.as_ref().map(nodes)];
    let time = pool.rollout.as_ref().and_then(|rollout| rollout.minutes);
    let time = time.filter(|time| time.most > 0).map(|time| time.to_string());
    let parts: Vec<String> = parts.into_iter().flatten().chain(time).collect();
    format!("{}{}", parts.join(", "), presence(pool.presence))
}

/// What is done to each node: `drain and reload crio.service`.
pub(super) fn what(effect: &PoolEffect) -> String {
    if effect.changes.is_empty() {
        return "no change".to_owned();
    }
    if !effect.touches_nodes() {
        return "changes without any action on nodes".to_owned();
    }
    if effect.reboot {
        return "reboot".to_owned();
    }
    let steps = steps(&effect.steps);
    match (effect.drain, effect.actions.contains(&Action::Drain)) {
        (true, false) => format!("drain, {steps}"),
        (true, true) => steps,
        (false, true) => format!("{steps}, but nothing is drained"),
        (false, false) => format!("{steps}, no drain"),
    }
}

/// `reload crio.service, restart kubelet.service`, each once.
pub(super) fn steps(steps: &[Step]) -> String {
    let mut texts: Vec<String> = Vec::new();
    for step in steps {
        let service = step.service.as_deref().unwrap_or_default();
        let text = match step.action {
            Action::None => "no action".to_owned(),
            Action::Reload => format!("reload {service}"),
            Action::Restart => format!("restart {service}"),
            Action::DaemonReload => "reload systemd's units".to_owned(),
            Action::Drain => "drain".to_owned(),
            Action::Special => "reload crio.service".to_owned(),
            Action::Reboot => "reboot".to_owned(),
        };
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    if texts.is_empty() { "no action".to_owned() } else { texts.join(", ") }
}

/// `3 nodes one at a time`
pub(super) fn nodes(rollout: &Rollout) -> String {
    match (rollout.nodes, rollout.at_once) {
        (Some(0), _) => "no nodes".to_owned(),
        (Some(1), _) => "1 node".to_owned(),
        (Some(count), Some(at_once)) if at_once >= count => format!("{count} nodes all at once"),
        (Some(count), Some(1)) => format!("{count} nodes one at a time"),
        (Some(count), Some(at_once)) => format!("{count} nodes {at_once} at a time"),
        _ => "number of nodes not known".to_owned(),
    }
}

pub(super) const fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Kept => "",
        Presence::Added => " (a new pool: for nodes that join it)",
        Presence::Removed => " (the pool goes: its nodes fall back to pool worker)",
    }
}

/// `file /etc/a.conf: contents, mode 0644 to 0600`, the name as `quoted` writes it.
pub(super) fn item(change: &Change, quoted: impl Fn(&str) -> String) -> String {
    let noun = match change.kind {
        _ if change.change == ChangeWay::Reordered => "",
        ChangeKind::OsImage
        | ChangeKind::ExtensionsImage
        | ChangeKind::Fips
        | ChangeKind::KernelType => "",
        ChangeKind::BuiltImage => "MachineOSConfig ",
        ChangeKind::KernelArgument => "kernel argument ",
        ChangeKind::Extension => "extension ",
        ChangeKind::File => "file ",
        ChangeKind::Unit => "unit ",
        ChangeKind::User => "account ",
        ChangeKind::Section => "section ",
    };
    format!("{noun}{}{}", quoted(&change.item), detail(change, quoted))
}

/// What of an item differs.
fn detail(change: &Change, quoted: impl Fn(&str) -> String) -> String {
    let (old, new) = (change.old.as_ref(), change.new.as_ref());
    if change.change == ChangeWay::Reordered {
        return " in another order".to_owned();
    }
    let value = |side: Option<&ChangeSide>| side?.value.clone();
    if change.change == ChangeWay::Modified && change.fields.is_empty() {
        let shown = |side| {
            value(side).map_or_else(|| "what the release has".to_owned(), |text| quoted(&text))
        };
        return match (value(old), value(new)) {
            (None, None) => String::new(),
            _ => format!(" from {} to {}", shown(old), shown(new)),
        };
    }
    let mode = |side: Option<&ChangeSide>| {
        side.and_then(|side| side.mode.clone()).unwrap_or_else(|| "unset".to_owned())
    };
    let field = |field: &String| match field.as_str() {
        "mode" => format!("mode {} to {}", mode(old), mode(new)),
        "contents" => format!("contents{}", bytes(old, new)),
        other => other.to_owned(),
    };
    let fields: Vec<String> = change.fields.iter().map(field).collect();
    if fields.is_empty() { String::new() } else { format!(": {}", fields.join(", ")) }
}

/// ` (12 to 40 bytes)`, where contents are known.
fn bytes(old: Option<&ChangeSide>, new: Option<&ChangeSide>) -> String {
    let same =
        |one: &ChangeSide, two: &ChangeSide| one.sha256.is_some() && one.sha256 == two.sha256;
    match (old, new) {
        (Some(old), Some(new)) if same(old, new) => {
            " (the same bytes, written otherwise)".to_owned()
        }
        (Some(ChangeSide { size: Some(old), .. }), Some(ChangeSide { size: Some(new), .. })) => {
            format!(" ({old} to {new} bytes)")
        }
        _ => String::new(),
    }
}

/// `99-worker (b.yaml:9:5), overrides 00-worker (a.yaml:3:1)`
pub(super) fn origin(side: &ChangeSide) -> String {
    let Some(origin) = &side.origin else { return "the release".to_owned() };
    let lost: Vec<String> = side.overrides.iter().map(ToString::to_string).collect();
    match lost.as_slice() {
        [] => origin.to_string(),
        lost => format!("{origin}, overrides {}", lost.join(", ")),
    }
}

/// The last line: `planned as release 4.20: 2 of 3 pools change; infra and worker reboot`.
pub(super) fn summary(plan: &Plan) -> String {
    // What is refused reaches no node.
    let reached = |pool: &PoolPlan, how: fn(&PoolEffect) -> bool| {
        pool.status != PlanStatus::Refused && pool.effect.as_ref().is_some_and(how)
    };
    let changing = |pool: &&PoolPlan| reached(pool, |effect| !effect.changes.is_empty());
    let changed = plan.pools.iter().filter(changing).count();
    let named = |wanted: &dyn Fn(&PoolPlan) -> bool| {
        let names: Vec<&str> =
            plan.pools.iter().filter(|pool| wanted(pool)).map(|pool| pool.name.as_str()).collect();
        (!names.is_empty()).then(|| (names.len(), some_of(names.into_iter())))
    };
    let reboots = named(&|pool| reached(pool, |effect| effect.reboot));
    let reboots = reboots.map(|(count, names)| {
        format!("; {names} {}", if count == 1 { "reboots" } else { "reboot" })
    });
    let refused = named(&|pool| pool.status == PlanStatus::Refused);
    let refused = refused.map(|(_, names)| format!("; refused for {names}"));
    let unknown = named(&|pool| pool.status == PlanStatus::Inconclusive);
    let unknown = unknown.map(|(_, names)| format!("; not certain for {names}"));
    let more: String = [reboots, refused, unknown].into_iter().flatten().collect();
    let verb = if changed == 1 { "changes" } else { "change" };
    let release = match (&plan.target.release, plan.status) {
        (Some(release), _) => format!("as release {release}"),
        (None, PlanStatus::Inconclusive) => format!("as release {}, the newest", plan.release),
        (None, _) => "for any release".to_owned(),
    };
    format!(
        "{} {release}: {changed} of {} {verb}{more}",
        status(plan.status),
        counted(plan.pools.len(), "pool")
    )
}

pub(super) const fn status(status: PlanStatus) -> &'static str {
    match status {
        PlanStatus::Planned => "planned",
        PlanStatus::Inconclusive => "inconclusive",
        PlanStatus::Refused => "refused",
    }
}

/// All that was taken for granted, times included, each once.
pub(super) fn assumptions(plan: &Plan) -> Vec<&str> {
    let times = plan.pools.iter().filter_map(|pool| pool.rollout.as_ref());
    let times = times.filter(|rollout| rollout.minutes.is_some());
    let times = times.flat_map(|rollout| &rollout.assumptions);
    let mut all: Vec<&str> = Vec::new();
    for assumption in plan.assumptions.iter().chain(times) {
        if !all.contains(&assumption.as_str()) {
            all.push(assumption);
        }
    }
    all
}
