//! Real MachineConfigs and probes, each file alone, with the operator's verdict in each column of a
//! table: what it refuses anywhere is denied, with a place.

use std::collections::BTreeMap;
use std::path::Path;

use rollgate_engine::policy::PolicySet;
use rollgate_engine::report::{Level, Report, Verdict};
use rollgate_engine::{Artifact, Gate, Input, Settings};
use rollgate_facts::{Architecture, Day, Stream, Target};

/// What runs now: nothing but an empty config.
const EMPTY: &str = "\
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata: {name: rendered-worker-empty}
spec: {config: {ignition: {version: 3.5.0}}}
";

/// Unsafe probes that the operator accepts, and the rule that is made for each.
const ACCEPTED_BUT_UNSAFE: &[(&str, &str)] = &[
    ("07-unit-no-install.yaml", "machineconfig.unit-without-install"),
    ("08-typo-enable.yaml", "machineconfig.unknown-field"),
    ("09-usr-write.yaml", "machineconfig.read-only-path"),
    ("22-config-merge.yaml", "machineconfig.remote-ignition-reference"),
    ("24-mode-decimal-400.yaml", "machineconfig.decimal-mode"),
    ("26-mask-crio.yaml", "machineconfig.critical-unit-masked"),
    ("27-osimageurl-garbage.yaml", "machineconfig.invalid-image-reference"),
    ("29-kargs-enforcing0.yaml", "pool.kernel-argument-weakens-node"),
    ("32-verification-bad-hash.yaml", "machineconfig.invalid-verification"),
];

#[test]
fn real_machine_configs_that_the_operator_refuses_are_denied() {
    let Some(corpus) = rollgate_testkit::shared_corpus("verdicts of real MachineConfigs") else {
        return;
    };
    compare(&corpus.join("machineconfigs/VERDICTS.tsv"), &corpus.join("machineconfigs"));
}

#[test]
fn probes_are_denied_as_the_operator_refuses_them_and_where_it_does_not() {
    let Some(corpus) = rollgate_testkit::shared_corpus("verdicts of probes") else { return };
    compare(&corpus.join("probes-verdicts.tsv"), &corpus.join("probes"));
    let policies = PolicySet::embedded().unwrap();
    for (file, rule) in ACCEPTED_BUT_UNSAFE {
        let report = check(&policies, &corpus.join("probes").join(file), &[]);
        let found = report.findings.iter().any(|finding| finding.rule == *rule);
        assert!(found, "{file} is not told of by {rule}");
    }
}

fn compare(table: &Path, folder: &Path) {
    let policies = PolicySet::embedded().unwrap();
    let text = std::fs::read_to_string(table).unwrap();
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let mut wrong = Vec::new();
    for line in lines {
        let row: BTreeMap<&str, &str> = columns.iter().copied().zip(line.split('\t')).collect();
        let file = folder.join(row["file"]);
        let identity = ["file", "doc", "name", "role", "reconcilable_vs_base"];
        let refused =
            row.iter().any(|(column, verdict)| !identity.contains(column) && *verdict != "ok");
        if refused && !denied(&check(&policies, &file, &[])) {
            wrong.push(format!("{} is refused, but not denied", row["file"]));
        }
        let reconcilable = row["reconcilable_vs_base"] == "ok";
        let against = check(&policies, &file, &[Artifact::new("empty.yaml", EMPTY)]);
        if !reconcilable && !denied(&against) {
            wrong.push(format!("{} is irreconcilable, but not denied", row["file"]));
        }
        let blamed = against.findings.iter().find(|finding| {
            ["pool.irreconcilable-change", "pool.fips-toggled"].contains(&finding.rule.as_str())
        });
        if let Some(finding) = blamed.filter(|_| reconcilable) {
            wrong.push(format!("{} is reconcilable, but {}", row["file"], finding.message));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Denied, and every finding that denies has a place.
fn denied(report: &Report) -> bool {
    let mut denying = report.findings.iter().filter(|finding| finding.level == Level::Deny);
    report.verdict == Verdict::Denied && denying.all(|finding| finding.place.is_some())
}

fn check(policies: &PolicySet, file: &Path, against: &[Artifact]) -> Report {
    let artifact = Artifact::new(file.display().to_string(), std::fs::read(file).unwrap());
    let target = Target {
        release: Some("5.0".to_owned()),
        stream: Some(Stream::Rhel9),
        architecture: Some(Architecture::X86_64),
        platform: Some("none".to_owned()),
        day: Some(Day::Running),
    };
    let input = Input { target, against: against.to_vec(), ..Input::new(vec![artifact]) };
    let gate = Gate::new(policies, Settings::on(jiff::civil::date(2026, 11, 21)));
    gate.check(input).unwrap()
}
