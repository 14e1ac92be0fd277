//! Waivers applied to findings.

use jiff::civil::{Date, date};
use rollgate_engine::configuration::Configuration;
use rollgate_engine::report::{Finding, Level, Severity};
use rollgate_engine::waiver::apply;
use rollgate_engine::{Artifact, Limits};

const TODAY: Date = date(2026, 11, 21);
const MITIGATIONS: &str = "pool.mitigations-disabled";
const AT: &str = "MachineConfig/99-worker#/spec/kernelArguments/1";

#[test]
fn a_waiver_covers_what_it_names_until_its_last_day() {
    let covered = |waiver: &str| Case::of(&[waiver]).levels;
    let worker = "{rule: pool.mitigations-disabled, subject: MachineConfigPool/worker";
    assert_eq!(covered(&format!("{worker}, until: 2026-11-21}}")), [Level::Waived]);
    assert_eq!(covered(&format!("{worker}, until: 2026-11-20}}")), [Level::Deny]);
    let at = |at: &str| format!("{worker}, at: '{at}', until: 2027-01-31}}");
    assert_eq!(covered(&at("MachineConfig/99-worker#/spec/kernelArguments/1")), [Level::Waived]);
    assert_eq!(covered(&at("MachineConfig/99-worker")), [Level::Waived]);
    assert_eq!(covered(&at("MachineConfig/99-work")), [Level::Deny]);
}

#[test]
fn every_subject_of_a_finding_needs_a_waiver() {
    let mut findings =
        [finding(MITIGATIONS, &["MachineConfigPool/infra", "MachineConfigPool/worker"])];
    let worker =
        "{rule: pool.mitigations-disabled, subject: MachineConfigPool/work*, until: 2026-12-31}";
    let infra = "{rule: pool.mitigations-disabled, subject: '*Pool/inf*ra', until: 2026-12-01}";
    let infra = infra.replace("'*Pool", "'MachineConfigPool");
    let (infos, complaints) = apply(&waivers(&[worker]), &mut findings, TODAY, |_| true);
    assert_eq!((findings[0].level, infos[0].used, complaints), (Level::Deny, 1, vec![]));
    let (_, complaints) = apply(&waivers(&[worker, &infra]), &mut findings, TODAY, |_| true);
    assert_eq!((findings[0].level, complaints), (Level::Waived, vec![]));
    assert_eq!(findings[0].waived.as_ref().unwrap().until, "2026-12-01");
}

#[test]
fn waivers_are_judged_too() {
    let case = Case::of(&[
        "{rule: pool.mitigations-disabled, subject: MachineConfigPool/worker, until: 2026-11-20}",
        "{rule: pool.mitigations-disabled, subject: MachineConfigPool/master, until: 2027-01-31}",
        "{rule: pool.mitigations-disabled, subject: '*', until: 2027-01-31}",
        "{rule: 'pool.*', subject: MachineConfigPool/worker, until: 2027-01-31}",
    ]);
    assert_eq!(case.levels, [Level::Deny]);
    insta::assert_snapshot!(case.complaints.join("\n"));

    let subjects: Vec<String> = (0..11).map(|pool| format!("MachineConfigPool/p{pool}")).collect();
    let mut findings =
        subjects.iter().map(|subject| finding(MITIGATIONS, &[subject])).collect::<Vec<_>>();
    let every =
        "{rule: pool.mitigations-disabled, subject: 'MachineConfigPool/*', until: 2027-01-31}";
    let (_, complaints) = apply(&waivers(&[every]), &mut findings, TODAY, |_| true);
    assert_eq!(
        complaints[0].message,
        "the waiver of `pool.mitigations-disabled` for `MachineConfigPool/*` reaches 11 subjects"
    );
    assert!(findings.iter().all(|finding| finding.level == Level::Deny));
}

#[test]
fn a_complaint_keeps_its_fingerprint_when_waivers_are_added_before_it() {
    let unused = "{rule: pool.fips, subject: MachineConfigPool/a, until: 2027-01-31}";
    let other = "{rule: pool.fips, subject: MachineConfigPool/b, until: 2027-01-31}";
    let (_, alone) = apply(&waivers(&[unused]), &mut [], TODAY, |_| true);
    let (_, second) = apply(&waivers(&[other, unused]), &mut [], TODAY, |_| true);
    assert_eq!(alone[0].fingerprint, second[1].fingerprint);
    assert_ne!(second[0].fingerprint, second[1].fingerprint);
}

/// What became of one finding on the pool `worker`.
struct Case {
    levels: Vec<Level>,
    complaints: Vec<String>,
}

impl Case {
    fn of(written: &[&str]) -> Self {
        let mut findings = [finding(MITIGATIONS, &["MachineConfigPool/worker"])];
        let (_, complaints) = apply(&waivers(written), &mut findings, TODAY, |_| true);
        let complaints = complaints.iter().map(|complaint| {
            let place = complaint.place.as_ref().unwrap();
            format!("{place}: {} ({}, {})", complaint.message, complaint.rule, complaint.severity)
        });
        Self {
            levels: findings.iter().map(|finding| finding.level).collect(),
            complaints: complaints.collect(),
        }
    }
}

/// Waivers as they come out of a configuration.
fn waivers(written: &[&str]) -> Vec<rollgate_engine::waiver::Waiver> {
    let items = written.iter().map(|waiver| {
        let rest = waiver.strip_suffix('}').unwrap();
        format!("  - {rest}, reason: tested, owner: the team}}\n")
    });
    let text = format!("waivers:\n{}", items.collect::<String>());
    let artifact = Artifact::new("rollgate.yaml", text);
    Configuration::read(&Limits::default(), &artifact).unwrap().waivers
}

fn finding(rule: &str, subjects: &[&str]) -> Finding {
    Finding {
        rule: rule.to_owned(),
        severity: Severity::High,
        level: Level::Deny,
        subject: subjects.iter().take(1).copied().collect(),
        subjects: subjects.iter().map(ToString::to_string).collect(),
        message: "kernel argument `mitigations=off` disables CPU mitigations".to_owned(),
        at: AT.parse().unwrap(),
        image_place: None,
        place: None,
        pools: Vec::new(),
        related: Vec::new(),
        help: "remove the argument".to_owned(),
        fingerprint: "f".to_owned(),
        effective_on: None,
        waived: None,
        releases: Vec::new(),
        only_after_upgrade: false,
    }
}
