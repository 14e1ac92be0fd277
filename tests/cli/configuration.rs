//! `rollgate.yaml`: without a valid one nothing is judged.

use insta::assert_snapshot;

use crate::harness::Folder;
use crate::inputs::FAULTY;

#[test]
fn is_found_above_and_flags_win() {
    let configuration = "target: {release: '4.20', day: 2}\nfail_on: critical\n";
    let folder = Folder::with(&[("rollgate.yaml", configuration), ("node/a.yaml", FAULTY)]);
    let runs = ["check --quiet node", "check --quiet --fail-on high --release 4.19 node"]
        .map(|arguments| format!("$ rollgate {arguments}\n{}\n", folder.rollgate(arguments)));
    assert_snapshot!(runs.concat());
}

#[test]
fn that_is_not_valid_ends_the_run() {
    let disabled =
        "rules:\n  disable:\n    - rule: pool.mitigation-disabled\n      reason: misspelt\n";
    let waiver = "waivers:\n  - rule: rollgate.pool.mitigations_disabled\n    \
                  subject: MachineConfigPool/worker\n    reason: x\n    owner: z\n    \
                  until: 2027-01-01\n";
    let cases = [
        ("not UTF-8", &b"fail_on: \xff\n"[..]),
        ("broken", b"fail_on: [high\n"),
        ("an unknown key", b"fail_onn: high\n"),
        ("an unknown value", b"fail_on: hihg\n"),
        ("an unknown rule is disabled", disabled.as_bytes()),
        ("an unknown rule is waived", waiver.as_bytes()),
        ("a folder of policies that is missing", b"policies: [missing]\n"),
    ];
    let runs = cases.map(|(case, text)| {
        let folder = Folder::with(&[("a.yaml", FAULTY)]);
        folder.write("rollgate.yaml", text);
        format!("# {case}\n{}\n", folder.rollgate("check a.yaml"))
    });
    assert_snapshot!(runs.concat());
}

#[test]
fn that_cannot_be_read_ends_the_run() {
    let folder = Folder::with(&[("a.yaml", FAULTY)]);
    let missing = folder.rollgate("check --config missing.yaml a.yaml");
    let directory = folder.rollgate("check --config . a.yaml");
    assert_snapshot!(format!("{missing}\n{directory}"));
}

#[test]
fn switches_rules_off_which_every_report_says() {
    let configuration =
        "rules:\n  disable:\n    - {rule: pool.mitigations-disabled, reason: lab}\n";
    let folder = Folder::with(&[("rollgate.yaml", configuration), ("a.yaml", FAULTY)]);
    assert_snapshot!(folder.rollgate("check a.yaml"));
}
