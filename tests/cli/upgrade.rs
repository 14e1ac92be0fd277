//! `--upgrade-to`: what breaks only after an upgrade, and upgrades that there are not.

use insta::assert_snapshot;
use rollgate_testkit::MachineConfig;

use crate::harness::Folder;
use crate::inputs::FAULTY;
use crate::policies::rule;

const TARGET: &str = "--stream rhel-9 --arch x86_64 --platform none --day 2";

/// One fault of every release, an extension that 4.22 has no more, an Ignition version that 4.18 does
/// not read yet, and a file of the pool `infra` that the worker's overrides up to 4.14.
fn folder() -> Folder {
    let wasm = MachineConfig::new("98-wasm").role("worker").extension("wasm");
    let version = MachineConfig::new("96-new").role("worker").ignition("3.5.0");
    let folder = Folder::with(&[("old.yaml", FAULTY), ("wasm.yaml", &wasm.yaml())]);
    let file = |name: &str, role: &str, text: &str| {
        MachineConfig::new(name).role(role).ignition("3.2.0").file("/etc/a.conf", 0o644, text)
    };
    folder.write("infra/infra.yaml", file("10-infra", "infra", "a").yaml());
    folder.write("infra/worker.yaml", file("99-worker", "worker", "b").yaml());
    folder.write("new.yaml", version.yaml());
    folder
}

#[test]
fn what_breaks_only_after_it() {
    let folder = folder();
    let runs = [
        "--release 4.21 --upgrade-to 4.22 old.yaml wasm.yaml",
        "--release 4.20 --upgrade-to 4.22 wasm.yaml",
        "--release 4.14 --upgrade-to 4.15 --fail-on low infra",
        "--upgrade-to 4.22 wasm.yaml",
        "--release 4.18 --upgrade-to 4.19 new.yaml",
        "--upgrade-to 4.20 new.yaml",
    ]
    .map(|arguments| {
        let run = folder.check(&format!("{TARGET} {arguments}"));
        format!("$ rollgate check … {arguments}\n{run}\n")
    });
    assert_snapshot!(runs.concat());
}

#[test]
fn every_format_tells_what_only_the_upgrade_brings() {
    let folder = folder();
    let arguments = "--release 4.21 --upgrade-to 4.22 old.yaml wasm.yaml";
    let run = |format| folder.check(&format!("{TARGET} --output {format} {arguments}"));
    let report = run("json").json();
    let findings = report["findings"].as_array().unwrap().iter();
    let told = findings.map(|finding| {
        serde_json::json!([finding["rule"], finding["releases"], finding["only_after_upgrade"]])
    });
    insta::assert_json_snapshot!([report["upgrade"].clone(), told.collect()]);
    let sarif = run("sarif").json();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let after = results.iter().filter(|result| result["properties"]["onlyAfterUpgrade"] == true);
    assert_eq!(after.count(), 1);
    for format in ["markdown", "junit", "github"] {
        let run = run(format);
        assert!(run.stdout.contains("only after the upgrade to 4.22"), "{run}");
    }
}

/// What fails for the release between says nothing of the present one: what is found only after it is
/// found only after the upgrade, and the failure is inconclusive.
#[test]
fn a_release_between_that_cannot_be_judged() {
    let body = "deny contains finding if {\n\tinput.target.release == \"4.19\"\n\t\
                count(input.pool.name) / 0 == 1\n\tfinding := result.fail(input.pool.at, \"never\")\n}\n\n\
                deny contains finding if {\n\tinput.target.release == \"4.20\"\n\t\
                finding := result.fail(input.pool.at, \"not for 4.20\")\n}";
    let needs = "#   since: 1.0.0\n#   needs: [target.release]\n";
    let rule = rule("later", body).replace("#   since: 1.0.0\n", needs);
    let folder = Folder::with(&[("p/later.rego", &rule), ("old.yaml", FAULTY)]);
    let report = |arguments: &str| {
        let run = folder.check(&format!("{TARGET} --policy p {arguments} --output json old.yaml"));
        let report = run.json();
        let own = |list: &str| -> Vec<serde_json::Value> {
            let all = report[list].as_array().unwrap().iter();
            all.filter(|one| one["rule"] == "custom.site.later").cloned().collect()
        };
        let findings = own("findings")
            .into_iter()
            .map(|finding| serde_json::json!([finding["releases"], finding["only_after_upgrade"]]));
        let outcomes = own("outcomes").into_iter().map(|outcome| outcome["reason"].clone());
        (findings.collect::<Vec<_>>(), outcomes.collect::<Vec<_>>())
    };
    insta::assert_json_snapshot!([
        report("--release 4.18 --upgrade-to 4.20"),
        report("--release 4.19 --upgrade-to 4.20"),
    ]);
}

/// Policies of conftest see no release: each judges once, and what it finds is of every release.
#[test]
fn conftest_policies_judge_once() {
    let folder = folder();
    folder.write(
        "p/a.rego",
        "package main\n\ndeny contains \"no\" if input.kind == \"MachineConfig\"\n",
    );
    let run = folder.check(&format!(
        "{TARGET} --conftest p --release 4.18 --upgrade-to 4.20 --output json old.yaml"
    ));
    let report = run.json();
    let own = |list: &str| {
        let all = report[list].as_array().unwrap().iter();
        let own = all.filter(|one| one["rule"].as_str().unwrap().starts_with("conftest."));
        own.cloned().collect::<Vec<_>>()
    };
    let (findings, outcomes) = (own("findings"), own("outcomes"));
    assert_eq!((findings.len(), outcomes.len()), (1, 1), "{run}");
    assert_eq!(findings[0]["releases"], serde_json::json!(["4.18", "4.19", "4.20"]));
    assert_eq!(findings[0]["only_after_upgrade"], serde_json::Value::Null);
}

#[test]
fn upgrades_that_there_are_not() {
    let folder = folder();
    let version = "apiVersion: config.openshift.io/v1\nkind: ClusterVersion\n\
                   metadata: {name: version}\nspec: {}\nstatus: {desired: {version: 4.20.3}}\n";
    folder.write("version.yaml", version);
    let runs = [
        "--release 4.22 --upgrade-to 4.20 old.yaml",
        "--release 4.22 --upgrade-to 4.22 old.yaml",
        "--upgrade-to 4.20 version.yaml old.yaml",
        "--release 4.19 --upgrade-to 4.21 old.yaml",
        "--release 4.18 --upgrade-to 4.22 old.yaml",
        "--release 4.20 --upgrade-to 9.9 old.yaml",
        "--upgrade-to 4.6 old.yaml",
        "--upgrade-to next old.yaml",
    ]
    .map(|arguments| format!("$ rollgate check {arguments}\n{}\n", folder.check(arguments)));
    assert_snapshot!(runs.concat());
}
