//! Waivers: a good one, and those that cover nothing.

use insta::assert_snapshot;

use crate::harness::{Folder, Run};
use crate::inputs::FAULTY;

fn run(rule: &str, subject: &str, until: &str) -> Run {
    let waiver = format!(
        "waivers:\n  - rule: {rule}\n    subject: {subject}\n    reason: benchmark nodes\n    \
         owner: performance team\n    until: {until}\n"
    );
    let folder = Folder::with(&[("rollgate.yaml", &waiver), ("a.yaml", FAULTY)]);
    folder.rollgate("check --date 2026-11-21 a.yaml")
}

#[test]
fn a_good_one() {
    let rule = "pool.mitigations-disabled";
    assert_snapshot!(run(rule, "MachineConfigPool/worker", "2026-11-21"));
}

#[test]
fn those_that_cover_nothing() {
    let rule = "pool.mitigations-disabled";
    let runs = [
        ("expired", run(rule, "MachineConfigPool/worker", "2026-11-20")),
        ("unused", run(rule, "MachineConfigPool/infra", "2027-01-31")),
        ("of every rule", run("pool.*", "MachineConfigPool/worker", "2027-01-31")),
        ("for every subject", run(rule, "'*'", "2027-01-31")),
    ];
    assert_snapshot!(runs.map(|(case, run)| format!("# {case}\n{run}\n")).concat());
}
