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
    let level = |level: usize| {
        let alias = format!("*a{}", level - 1);
        format!("a{level}: &a{level} [{}]\n", [alias.as_str(); 9].join(", "))
    };
    let bomb = "a0: &a0 [lol, lol, lol]\n".to_owned() + &(1..12).map(level).collect::<String>();
    let levels = format!("parameters: {{x: {}{}}}\n", "[".repeat(10_000), "]".repeat(10_000));
    let cases = [
        ("not UTF-8", &b"fail_on: \xff\n"[..]),
        ("broken", b"fail_on: [high\n"),
        ("an unknown key", b"fail_onn: high\n"),
        ("an unknown value", b"fail_on: hihg\n"),
        ("an unknown rule is disabled", disabled.as_bytes()),
        ("an unknown rule is waived", waiver.as_bytes()),
        ("a folder of policies that is missing", b"policies: [missing]\n"),
        ("a profile that is missing", b"profile: ./gone.yaml\n"),
        ("a profile that there is not", b"profile: strickt\n"),
        ("an alias bomb", bomb.as_bytes()),
        ("ten thousand levels", levels.as_bytes()),
        ("no rule is left to judge", b"rules: {disable: [{rule: '*', reason: all}]}\n"),
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
    let large = std::fs::File::create(folder.path().join("large.yaml"));
    large.unwrap().set_len(200_000_000).unwrap();
    let large = folder.rollgate("check --config large.yaml a.yaml");
    let both = folder.rollgate("check --trusted-config large.yaml --no-config a.yaml");
    std::os::unix::fs::symlink("gone.yaml", folder.path().join("rollgate.yaml")).unwrap();
    let link = folder.rollgate("check a.yaml");
    assert_snapshot!([missing, directory, large, both, link].map(|run| run.to_string()).join("\n"));
}

#[test]
fn switches_rules_off_which_every_report_says() {
    let configuration =
        "rules:\n  disable:\n    - {rule: pool.mitigations-disabled, reason: lab}\n";
    let folder = Folder::with(&[("rollgate.yaml", configuration), ("a.yaml", FAULTY)]);
    assert_snapshot!(folder.rollgate("check a.yaml"));
}
