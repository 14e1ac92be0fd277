//! Which rules judge, for which files and with which values: profiles, flags, overrides, parameters.

use insta::assert_snapshot;

use crate::harness::Folder;
use crate::inputs::FAULTY;

/// A MachineConfig whose image two rules object to, one of them only where it is told to.
const IMAGE: &str = "apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  name: 99-worker-os
  labels:
    machineconfiguration.openshift.io/role: worker
spec:
  osImageURL: quay.io/example/os:latest
";

/// Each command with what it said.
fn runs<'a>(folder: &Folder, commands: impl IntoIterator<Item = &'a str>) -> String {
    let run = |arguments| format!("$ rollgate {arguments}\n{}\n", folder.rollgate(arguments));
    commands.into_iter().map(run).collect()
}

/// What is said with each of these configurations.
fn configured(files: &[(&str, &str)], arguments: &str, cases: &[(&str, &str)]) -> String {
    let run = |(case, text): &(&str, &str)| {
        let folder = Folder::with(files);
        folder.write("rollgate.yaml", text);
        format!("# {case}\n{}\n", folder.rollgate(arguments))
    };
    cases.iter().map(run).collect()
}

#[test]
fn profiles_select() {
    let ours = "title: Only what concerns images\nextends: baseline\nfail_on: critical\nrules:\n  \
                exclude:\n    - {subject: pool, reason: another team judges pools}\n";
    let folder = Folder::with(&[("a.yaml", IMAGE), ("profiles/ours.yaml", ours)]);
    folder.write("chosen/rollgate.yaml", "profile: ../profiles/ours.yaml\n");
    assert_snapshot!(runs(
        &folder,
        [
            "check --quiet --no-config --profile baseline a.yaml",
            "check --no-config --profile strict --tag layering a.yaml",
            "check --quiet --no-config --profile profiles/ours.yaml a.yaml",
            "check --quiet --config chosen/rollgate.yaml a.yaml",
        ]
    ));
}

#[test]
fn profiles_that_select_nothing_end_the_run() {
    let with = |rest: &str| format!("title: Ours\n{rest}");
    let include = |selector: &str| with(&format!("rules:\n  include:\n    - {selector}\n"));
    let files = [
        ("rule.yaml", include("{rule: pool.pausd-pool, reason: misspelt}")),
        ("tag.yaml", include("{tag: hardned, reason: misspelt}")),
        ("none.yaml", include("{rule: pool.paused-pool, severity: critical, reason: no such}")),
        ("nameless.yaml", include("{reason: of nothing}")),
        ("key.yaml", with("rule: []\n")),
        ("loop.yaml", with("extends: ./loop.yaml\n")),
        ("base.yaml", with("extends: baselin\n")),
        ("empty.yaml", with("extends: baseline\nrules: {exclude: [{rule: '*', reason: all}]}\n")),
    ];
    let folder = Folder::with(&[("a.yaml", FAULTY)]);
    for (name, text) in &files {
        folder.write(name, text);
    }
    let commands = files.map(|(name, _)| format!("check --no-config --profile ./{name} a.yaml"));
    let unknown = ["check --profile strickt a.yaml", "check --profile ./missing.yaml a.yaml"];
    assert_snapshot!(runs(&folder, commands.iter().map(String::as_str).chain(unknown)));
}

#[test]
fn flags_narrow_and_switch_off() {
    let folder = Folder::with(&[("a.yaml", FAULTY), ("b.yaml", IMAGE)]);
    let commands = [
        "check --no-config --rule pool.mitigations-* .",
        "check --no-config --tag image --subject machine-config .",
        "check --quiet --no-config --min-severity critical .",
        "check --no-config --skip-rule pool.mitigations-disabled a.yaml",
        "check --no-config --rule pool.mitigation-disabled a.yaml",
        "check --no-config --skip-rule cluster a.yaml",
        "check --no-config --tag imgae a.yaml",
        "check --no-config --rule machineconfig.ssh-key-set a.yaml",
        "check --no-config --subject node a.yaml",
    ];
    assert_snapshot!(runs(&folder, commands));
}

#[test]
fn overrides_hold_for_their_files() {
    let configuration = "overrides:
  - paths: [legacy/]
    disable:
      - {rule: machineconfig.unpinned-image, reason: retired in spring}
    severity:
      - {rule: pool.mitigations-disabled, severity: low, reason: nobody else runs there}
  - paths: ['new/*.yaml', 'newer/**']
    waivers:
      - rule: machineconfig.unpinned-image
        subject: MachineConfig/98-worker-os
        reason: until the registry has digests
        owner: the image team
        until: 2026-12-31
";
    let other = IMAGE.replace("99-worker-os", "98-worker-os");
    let folder = Folder::with(&[
        ("rollgate.yaml", configuration),
        ("legacy/deep/a.yaml", IMAGE),
        ("legacy/b.yaml", FAULTY),
        ("new/a.yaml", &other),
    ]);
    let everywhere = runs(&folder, ["check --date 2026-11-21 legacy new"]);
    let mut below = folder.command("check --date 2026-11-21 ../legacy .");
    let below = below.current_dir(folder.path().join("new")).output().unwrap();
    let below = String::from_utf8(below.stdout).unwrap();
    assert_snapshot!(format!("{everywhere}\n# from the folder `new`\n{below}"));
}

#[test]
fn overrides_without_effect() {
    let disable = "disable: [{rule: machineconfig.unpinned-image, reason: x}]";
    let with = |rest: &str| format!("overrides:\n  - paths: ['lagacy/**']\n    {rest}\n");
    let paths = |paths: &str| format!("overrides:\n  - paths: {paths}\n    {disable}\n");
    let cases = [
        ("no file", with(disable)),
        ("nothing", with("waivers: []")),
        ("no glob", paths("[]")),
        ("a broken glob", paths("['legacy/{a,b']")),
        ("a folder above", paths("['../legacy/**']")),
        ("an unknown rule", with("severity: [{rule: pool.x, severity: low, reason: x}]")),
        ("parameters", with("parameters: {allowed_registries: []}")),
        ("an unknown tag", with("disable: [{tag: imgae, reason: x}]")),
        (
            "the same twice",
            "overrides:\n  - paths: [legacy/]\n    disable: &off [{rule: machineconfig.unpinned-image, \
             reason: first}]\n  - {paths: [legacy/], disable: *off}\n"
                .to_owned(),
        ),
    ];
    let cases: Vec<_> = cases.iter().map(|(case, text)| (*case, text.as_str())).collect();
    assert_snapshot!(configured(&[("legacy/a.yaml", IMAGE)], "check legacy", &cases));
}

#[test]
fn severities_are_changed_with_a_reason() {
    let cases = [
        (
            "lower",
            "rules:\n  severity:\n    - {rule: machineconfig.unpinned-*, severity: low, reason: lab}\n",
        ),
        (
            "without a reason",
            "rules:\n  severity:\n    - {rule: machineconfig.unpinned-image, severity: low}\n",
        ),
    ];
    assert_snapshot!(configured(&[("a.yaml", IMAGE)], "check a.yaml", &cases));
}

#[test]
fn parameters_are_checked() {
    let cases = [
        ("given", "parameters:\n  allowed_registries: [registry.example.com]\n"),
        ("a text for a list", "parameters:\n  allowed_registries: quay.io\n"),
        ("a number in the list", "parameters:\n  allowed_registries: [quay.io, 5000]\n"),
        ("misspelt", "parameters:\n  allowed_registrys: [quay.io]\n"),
        ("unknown", "parameters:\n  colour: red\n"),
        ("no mapping", "parameters: [allowed_registries]\n"),
    ];
    let rule = "check --quiet --rule machineconfig.registry-not-allowed a.yaml";
    assert_snapshot!(configured(&[("a.yaml", IMAGE)], rule, &cases));
}

/// A narrowed run misses no finding of the rules that it does not ask.
#[test]
fn flags_leave_waivers_alone() {
    let waiver = "waivers:\n  - {rule: pool.mitigations-disabled, subject: MachineConfigPool/infra, \
                  reason: lab, owner: us, until: 2027-01-31}\n";
    let folder = Folder::with(&[("rollgate.yaml", waiver), ("a.yaml", FAULTY)]);
    assert_snapshot!(runs(
        &folder,
        [
            "check --date 2026-11-21 --rule pool.paused-pool a.yaml",
            "check --date 2026-11-21 --rule pool.mitigations-disabled a.yaml",
            "check --date 2026-11-21 --skip-rule * a.yaml",
        ]
    ));
}

#[test]
fn policies_are_listed_by_profile() {
    let folder = Folder::with(&[]);
    let listed = |arguments: &str| {
        let list = folder.rollgate(&format!("policy list --output json {arguments}")).json();
        list["rules"].as_array().unwrap().clone()
    };
    let (all, baseline, strict) =
        (listed(""), listed("--profile baseline"), listed("--profile strict"));
    assert!(baseline.len() < strict.len() && strict.len() == all.len());
    assert!(
        baseline.iter().all(|rule| rule["profiles"] == serde_json::json!(["baseline", "strict"]))
    );
    let only = all.iter().filter(|rule| rule["profiles"] == serde_json::json!(["strict"]));
    assert_eq!(only.count(), strict.len() - baseline.len());
    let lines = folder.rollgate("policy list --tag strict").stdout;
    assert!(lines.lines().all(|line| line.ends_with(" [strict]")), "{lines}");
    assert_eq!(folder.rollgate("policy list --profile strickt").code, 2);
}

#[test]
fn the_report_says_what_judged() {
    let configuration = "parameters:\n  allowed_registries: [registry.example.com]\n";
    let folder = Folder::with(&[("rollgate.yaml", configuration), ("a.yaml", IMAGE)]);
    let report = folder.rollgate("check --output json --rule *.registry-not-allowed a.yaml").json();
    assert_eq!(report["configuration"]["source"], "discovered");
    assert_eq!(report["configuration"]["name"], "rollgate.yaml");
    assert_eq!(report["selection"]["profile"], "baseline");
    assert_eq!(report["selection"]["rules"], 1);
    assert_eq!(report["selection"]["flags"][0], "--rule *.registry-not-allowed");
    assert_eq!(report["rules"].as_array().unwrap().len(), 1);
    let parameter = &report["parameters"][0];
    assert_eq!(parameter["name"], "allowed_registries");
    assert_eq!(parameter["value"][0], "registry.example.com");
    assert_eq!(parameter["rules"][0], "machineconfig.registry-not-allowed");
    assert_eq!(parameter["place"]["line"], 2);
    folder.write("base.yaml", "title: Base\nextends: baseline\n");
    folder.write("ours.yaml", "title: Ours\nextends: ./base.yaml\nfail_on: high\n");
    let ours = folder.rollgate("check --output json --profile ./ours.yaml a.yaml").json();
    let extends = &ours["selection"]["extends"];
    assert_eq!(extends[0]["profile"], "base.yaml");
    assert!(extends[0]["digest"].as_str().unwrap().starts_with("sha256:"));
    assert_eq!(extends[1], serde_json::json!({ "profile": "baseline" }));
    let weighing = serde_json::json!({ "fail_on": "high", "inconclusive_blocks": true });
    assert_eq!(ours["weighing"], weighing);
    let none = folder.rollgate("check --output json --no-config a.yaml").json();
    assert_eq!(none["configuration"], serde_json::json!({ "source": "none" }));
}

#[test]
fn a_change_cannot_wave_itself_through() {
    let own = "fail_on: critical
rules:
  disable:
    - {rule: machineconfig.unpinned-image, reason: I want to merge}
waivers:
  - rule: pool.mitigations-disabled
    subject: MachineConfigPool/worker
    reason: trust me
    owner: me
    until: 2099-01-01
";
    let folder = Folder::with(&[("tree/rollgate.yaml", own), ("tree/a.yaml", IMAGE)]);
    folder.write("trusted.yaml", "profile: strict\nparameters: {allowed_registries: [quay.io]}\n");
    let run = |arguments: &str| {
        let mut command = folder.command(&format!("check --date 2026-11-21 {arguments} a.yaml"));
        let output = command.current_dir(folder.path().join("tree")).output().unwrap();
        format!("$ rollgate check {arguments}\n{}\n", crate::harness::Run::of(&folder, output))
    };
    let own = run("");
    let trusted = run("--trusted-config ../trusted.yaml");
    folder.write("tree/rollgate.yaml", "waivers: [\n");
    let broken = run("--quiet --trusted-config ../trusted.yaml --output json=report.json");
    let report = std::fs::read_to_string(folder.path().join("tree/report.json"));
    let report: serde_json::Value =
        report.map_or(serde_json::Value::Null, |text| serde_json::from_str(&text).unwrap());
    let both = run("--trusted-config ../trusted.yaml --config rollgate.yaml");
    let itself = run("--quiet --trusted-config rollgate.yaml");
    assert_snapshot!(
        [own, trusted, broken, report["configuration"].to_string(), both, itself].join("\n")
    );
}
