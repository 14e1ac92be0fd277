//! The order in which a node starts units, and where it bites its own tail.
//!
//! Owns what systemd orders by itself (systemd.service(5), "Default Dependencies"), and the backbone
//! of the boot of an OpenShift node (bootup(7), the units of NetworkManager and CRI-O, and the
//! kubelet unit of the Machine Config Operator). Only what all releases have in common is listed: a
//! cycle that is told is one. systemd breaks a cycle by not starting one of its units.
//!
//! An enabled `a.service` with `After=network-online.target` and `Before=basic.target` → the network
//! waits for `basic.target`, which waits for `a.service`, which waits for the network.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rollgate_facts::{Locator, Problem, ProblemKind, Unit, UnitEntry};

/// Which unit of the node comes before which.
const BACKBONE: &[(&str, &str)] = &[
    ("local-fs-pre.target", "local-fs.target"),
    ("local-fs.target", "sysinit.target"),
    ("sysinit.target", "basic.target"),
    ("sysinit.target", "sockets.target"),
    ("sockets.target", "basic.target"),
    ("basic.target", "NetworkManager.service"),
    ("network-pre.target", "NetworkManager.service"),
    ("NetworkManager.service", "network.target"),
    ("NetworkManager.service", "NetworkManager-wait-online.service"),
    ("NetworkManager-wait-online.service", "network-online.target"),
    ("network.target", "network-online.target"),
    ("network-online.target", "crio.service"),
    ("crio.service", "kubelet.service"),
    ("kubelet.service", "multi-user.target"),
    ("multi-user.target", "graphical.target"),
];

/// How many units of a cycle are named; the rest adds nothing.
const NAMED: usize = 8;

/// What starts after each unit, with the line that says so; none where the node does by itself.
type After<'u> = BTreeMap<&'u str, BTreeMap<&'u str, Option<&'u Locator>>>;

/// Every knot of units that wait for each other, told once, at the first line that is part of it.
pub(super) fn ordering_cycles(units: &BTreeMap<String, Unit>) -> Vec<Problem> {
    let own: Vec<_> = units.values().filter(|unit| is_started(unit)).collect();
    if own.iter().all(|unit| entries(unit).next().is_none()) {
        return Vec::new();
    }
    let after = order(&own);
    let knots = knots(&after);
    let mut lines: Vec<_> = after
        .iter()
        .flat_map(|(first, later)| later.iter().map(move |(then, line)| (*line, *first, *then)))
        .filter(|(_, first, then)| knots.get(first) == knots.get(then))
        .filter_map(|(line, first, then)| Some((line?, first, then)))
        .collect();
    lines.sort();
    let mut told = BTreeSet::new();
    lines.retain(|(_, first, _)| told.insert(knots.get(first)));
    let way = |first, then| way(&after, &knots, then, first);
    lines
        .into_iter()
        .filter_map(|(line, first, then)| Some(problem(line, first, &way(first, then)?)))
        .collect()
}

/// Whether the unit takes part in the boot, as far as the config says: enabled, or one of the
/// node's own.
fn is_started(unit: &Unit) -> bool {
    let masked = unit.mask.as_ref().is_some_and(|mask| mask.value);
    let enabled = unit.enabled.as_ref().is_some_and(|enabled| enabled.value);
    let own = BACKBONE.iter().any(|(first, then)| [*first, *then].contains(&unit.name.as_str()));
    !masked && (enabled || own)
}

fn order<'u>(units: &[&'u Unit]) -> After<'u> {
    let mut after: After<'u> = BTreeMap::new();
    for (first, then) in BACKBONE {
        after.entry(first).or_default().insert(then, None);
    }
    for unit in units {
        if unit.name.ends_with(".service") && unit.entries.is_some() && waits_for_basics(unit) {
            for first in ["sysinit.target", "basic.target"] {
                after.entry(first).or_default().entry(&unit.name).or_insert(None);
            }
        }
        for entry in entries(unit).filter(|entry| entry.section == "Unit") {
            for other in entry.value.split_whitespace() {
                let (first, then) = match entry.key.as_str() {
                    "After" => (other, unit.name.as_str()),
                    "Before" => (unit.name.as_str(), other),
                    _ => break,
                };
                after.entry(first).or_default().entry(then).or_insert(Some(&entry.at));
            }
        }
    }
    after
}

fn waits_for_basics(unit: &Unit) -> bool {
    let mut set = entries(unit).filter(|entry| entry.key == "DefaultDependencies");
    !set.any(|entry| matches!(entry.value.as_str(), "no" | "false" | "0" | "off" | "n" | "f"))
}

fn entries(unit: &Unit) -> impl Iterator<Item = &UnitEntry> {
    let dropins = unit.dropins.iter().filter_map(|dropin| dropin.entries.as_ref());
    unit.entries.iter().chain(dropins).flatten()
}

/// The number of the knot that each unit is part of: those that wait for each other share one
/// (Kosaraju's algorithm; a unit alone is a knot too).
fn knots<'u>(after: &After<'u>) -> BTreeMap<&'u str, usize> {
    let mut before: BTreeMap<&str, Vec<&'u str>> = BTreeMap::new();
    for (first, later) in after {
        for then in later.keys() {
            before.entry(then).or_default().push(first);
        }
    }
    let mut knots = BTreeMap::new();
    for (number, unit) in last_started_first(after).into_iter().enumerate() {
        let mut next = vec![unit];
        while let Some(unit) = next.pop() {
            if let Entry::Vacant(knot) = knots.entry(unit) {
                knot.insert(number);
                next.extend(before.get(unit).into_iter().flatten());
            }
        }
    }
    knots
}

/// The units, each after all that it leads to but for cycles, reversed.
fn last_started_first<'u>(after: &After<'u>) -> Vec<&'u str> {
    let later = |unit: &str| after.get(unit).into_iter().flat_map(BTreeMap::keys);
    let (mut seen, mut left) = (BTreeSet::new(), Vec::new());
    for &unit in after.keys() {
        let mut stack = if seen.insert(unit) { vec![(unit, later(unit))] } else { vec![] };
        while let Some((unit, rest)) = stack.last_mut() {
            match rest.next() {
                Some(then) if seen.insert(then) => stack.push((then, later(then))),
                Some(_) => {}
                None => {
                    left.push(*unit);
                    stack.pop();
                }
            }
        }
    }
    left.reverse();
    left
}

/// The shortest way from one unit to another of its knot, both included.
fn way<'u>(
    after: &After<'u>,
    knots: &BTreeMap<&str, usize>,
    from: &'u str,
    to: &str,
) -> Option<Vec<&'u str>> {
    let mut came_from: BTreeMap<&str, &'u str> = BTreeMap::new();
    let mut next = VecDeque::from([from]);
    while let Some(unit) = next.pop_front() {
        if unit == to {
            let mut path = vec![unit];
            while let Some(before) = path.last().filter(|last| **last != from) {
                path.push(came_from.get(before)?);
            }
            path.reverse();
            return Some(path);
        }
        for then in after.get(unit).into_iter().flat_map(BTreeMap::keys) {
            let inside = knots.get(then) == knots.get(to);
            if inside && *then != from && !came_from.contains_key(then) {
                came_from.insert(then, unit);
                next.push_back(then);
            }
        }
    }
    None
}

fn problem(line: &Locator, first: &str, path: &[&str]) -> Problem {
    let named = path.iter().take(NAMED).map(|unit| format!("`{unit}`"));
    let mut named = named.collect::<Vec<_>>().join(", then ");
    if let Some(more) = path.len().checked_sub(NAMED).filter(|more| *more > 0) {
        named = format!("{named} and {more} more");
    }
    let text = format!("`{first}` waits for itself: it comes before {named}");
    Problem { kind: ProblemKind::OrderingCycle, at: line.clone(), text }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rollgate_facts::{Flag, Locator, Unit, UnitEntry};

    use super::ordering_cycles;

    /// The name of a unit, whether it is enabled, and the lines of its `[Unit]`.
    type Written<'a> = (&'a str, bool, &'a [(&'a str, &'a str)]);

    fn units(units: &[Written<'_>]) -> BTreeMap<String, Unit> {
        let unit = |(name, enabled, lines): &Written<'_>| {
            let at: Locator = format!("MachineConfig/a#/{name}").parse().unwrap();
            let entry = |(index, (key, value)): (usize, &(&str, &str))| UnitEntry {
                at: at.line(index + 1),
                section: "Unit".into(),
                key: (*key).into(),
                value: (*value).into(),
            };
            let unit = Unit {
                name: (*name).into(),
                enabled: Some(Flag::new(at.clone(), *enabled)),
                mask: None,
                contents: None,
                entries: Some(lines.iter().enumerate().map(entry).collect()),
                mount_point: None,
                dropins: vec![],
                overrides: vec![],
                at,
            };
            (unit.name.clone(), unit)
        };
        units.iter().map(unit).collect()
    }

    fn told(list: &[Written<'_>]) -> Vec<String> {
        ordering_cycles(&units(list)).iter().map(|told| told.text.clone()).collect()
    }

    #[test]
    fn each_knot_is_told_once() {
        assert_eq!(
            told(&[
                ("a.service", true, &[("After", "b.service c.service")]),
                ("b.service", true, &[("After", "c.service")]),
                ("c.service", true, &[("After", "a.service")]),
                ("d.service", true, &[("After", "a.service"), ("Before", "e.service")]),
            ]),
            [
                "`b.service` waits for itself: it comes before `a.service`, then `c.service`, then `b.service`"
            ]
        );
    }

    #[test]
    fn the_boot_of_the_node_is_known() {
        let early = ("After", "network-online.target");
        let lines = [early, ("Before", "basic.target"), ("DefaultDependencies", "no")];
        assert_eq!(told(&[("a.service", true, &lines)]).len(), 1);
        assert_eq!(told(&[("a.service", true, &[early, ("Before", "kubelet.service")])]).len(), 0);
        assert_eq!(told(&[("a.service", true, &[("Before", "sysinit.target")])]).len(), 1);
        assert_eq!(told(&[("a.service", false, &[("Before", "sysinit.target")])]).len(), 0);
        let kubelet = [("After", "multi-user.target")];
        assert_eq!(told(&[("kubelet.service", true, &kubelet)]).len(), 1);
    }
}
