//! Checks of systemd units and drop-ins (upstream `unit.go`).

use rollgate_facts::ProblemKind;

use super::Checks;
use crate::extract::ignition::{Item, path};
use crate::extract::unit;

const UNIT_TYPES: [&str; 12] = [
    ".service",
    ".socket",
    ".device",
    ".mount",
    ".automount",
    ".swap",
    ".target",
    ".path",
    ".timer",
    ".snapshot",
    ".slice",
    ".scope",
];

/// A unit: its type and its text.
pub(in super::super) fn check_unit(checks: &mut Checks, unit: &Item) {
    let name = unit.text("name");
    if !UNIT_TYPES.contains(&path::extension(name)) {
        let text = format!("`{name}` is no unit name: it ends in no unit type such as `.service`");
        checks.report(ProblemKind::InvalidUnitName, unit.at_of("name"), text);
    }
    check_contents(checks, unit);
}

/// A drop-in: its name and its text.
pub(in super::super) fn check_dropin(checks: &mut Checks, dropin: &Item) {
    let name = dropin.text("name");
    if path::extension(name) != ".conf" {
        let text = format!("drop-in `{name}` does not end in `.conf`; systemd would not read it");
        checks.report(ProblemKind::InvalidUnitName, dropin.at_of("name"), text);
    }
    check_contents(checks, dropin);
}

pub(super) fn check_contents(checks: &mut Checks, item: &Item) {
    if let Err(fault) = unit::parse(item.text("contents")) {
        let text = format!("the text of `{}` does not parse: {fault}", item.text("name"));
        let at = item.at_of("contents").line(fault.line);
        checks.report(ProblemKind::InvalidUnitContents, &at, text);
    }
}
