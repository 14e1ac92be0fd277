//! What nobody could judge is never a pass: each input holds something that disables CPU
//! mitigations, in a place where it could be overlooked.

use jiff::civil::date;
use rollgate_engine::policy::PolicySet;
use rollgate_engine::report::Report;
use rollgate_engine::{Artifact, Gate, Input, Settings};

const ROLE: &str = "machineconfiguration.openshift.io/role";

/// A MachineConfig of a role that disables mitigations.
fn machine_config(name: &str, role: &str) -> String {
    format!(
        "{{apiVersion: machineconfiguration.openshift.io/v1, kind: MachineConfig, \
         metadata: {{name: {name}, labels: {{{ROLE}: {role}}}}}, \
         spec: {{kernelArguments: [mitigations=off]}}}}"
    )
}

fn pool(selector: &str) -> String {
    format!(
        "\n---\n{{apiVersion: machineconfiguration.openshift.io/v1, kind: MachineConfigPool, \
         metadata: {{name: worker}}, spec: {{machineConfigSelector: {selector}}}}}"
    )
}

/// A config that an operator rendered.
fn rendered(name: &str, spec: &str) -> String {
    format!(
        "---\n{{apiVersion: machineconfiguration.openshift.io/v1, kind: MachineConfig, \
         metadata: {{name: {name}}}, spec: {{{spec}}}}}\n"
    )
}

fn check(now: &str, against: &[String]) -> Report {
    let policies = PolicySet::embedded().unwrap();
    let against = against.iter().map(|text| Artifact::new("running.yaml", text.as_str())).collect();
    let mut input = Input { against, ..Input::new(vec![Artifact::new("input.yaml", now)]) };
    input.target.release = Some("4.20".to_owned());
    Gate::new(&policies, Settings::on(date(2026, 11, 21))).check(input).unwrap()
}

/// The verdict, and everything that is denied or could not be judged.
fn told(report: &Report) -> String {
    let mut told = vec![report.verdict.to_string()];
    told.extend(
        report.findings.iter().map(|finding| format!("{}: {}", finding.rule, finding.message)),
    );
    told.extend(report.unjudged.iter().map(|gap| format!("{}: {}", gap.name, gap.message)));
    told.join("\n  ")
}

#[test]
fn nothing_is_overlooked() {
    let worker = machine_config("a", "worker");
    let harmless = worker.replace("mitigations=off", "quiet") + "\n---\n";
    let list = |items: &str| format!("{{apiVersion: v1, kind: List, items: {items}}}");
    let inputs = [
        ("a list in a list", list(&format!("[{}]", list(&format!("[{worker}]"))))),
        ("a list whose items are none", harmless.clone() + &list(&worker)),
        ("a list with items twice", harmless.clone() + &list(&format!("[{worker}], items: []"))),
        ("a bare list", harmless.clone() + &format!("[{worker}]")),
        (
            "a kind in lower case",
            harmless.clone() + &worker.replace("MachineConfig,", "machineconfig,"),
        ),
        ("a misspelt kind", harmless.clone() + &worker.replace("MachineConfig,", "MachineConfg,")),
        ("a key in upper case", harmless.clone() + &worker.replace("kind:", "Kind:")),
        (
            "a kind twice",
            harmless + &worker.replace("kind:", "kind: MachineConfig, kind: Other, x:"),
        ),
        (
            "a name that is kept for rendered configs",
            worker.replace(
                "name: a",
                "name: rendered-a, annotations: \
             {machineconfiguration.openshift.io/generated-by-controller-version: x}",
            ),
        ),
        ("an empty role", machine_config("a", "''")),
        ("a pool with an empty selector", worker.clone() + &pool("{}")),
        ("a pool that selects something else", worker.clone() + &pool("{matchLabels: {a: b}}")),
        (
            "the first of two of one name",
            format!("{worker}\n---\n{}", worker.replace("mitigations=off", "quiet")),
        ),
    ];
    let told: Vec<_> = inputs
        .iter()
        .map(|(name, input)| format!("{name}: {}", told(&check(input, &[]))))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn what_runs_now_is_never_guessed() {
    let now = machine_config("a", "worker").replace("mitigations=off", "quiet");
    let (plain, fips) = ("fips: false", "fips: true");
    let status = "\n---\n{apiVersion: machineconfiguration.openshift.io/v1, kind: MachineConfigPool, \
                  metadata: {name: worker}, spec: {machineConfigSelector: {matchLabels: {a: b}}}, \
                  status: {configuration: {name: rendered-worker-0002}}}";
    let both = rendered("rendered-worker-0001", plain) + &rendered("rendered-worker-0002", fips);
    let cases = [
        ("nothing", String::new()),
        ("no MachineConfig", "{apiVersion: v1, kind: ConfigMap}".to_owned()),
        ("one that cannot be read", "{".to_owned()),
        ("one", rendered("rendered-worker-0002", fips)),
        ("two", both.clone()),
        ("two, and the pool that says which", both + status),
    ];
    let told: Vec<_> = cases
        .into_iter()
        .map(|(name, against)| format!("{name}: {}", told(&check(&now, &[against]))))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}
