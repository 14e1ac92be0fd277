//! `rollgate diff`: what one report says and another did not.

use insta::assert_snapshot;

use crate::harness::Folder;
use crate::inputs::FAULTY;

const TARGET: &str = "--release 4.20 --stream rhel-9 --arch x86_64 --platform none --day 2";

/// Reports of one fault, of another, of none, of one that warns, and of one beside what is broken.
fn reports() -> Folder {
    let folder = Folder::with(&[("a.yaml", FAULTY), ("broken.yaml", "kind: [MachineConfig\n")]);
    folder.write(
        "other.yaml",
        FAULTY.replace("99-worker", "98-worker").replace("mitigations=off", "nopti"),
    );
    folder.write("nosmt.yaml", FAULTY.replace("mitigations=off", "nopti"));
    folder.write("good.yaml", FAULTY.replace("mitigations=off", "quiet"));
    for (name, arguments) in [
        ("one", "a.yaml"),
        ("two", "a.yaml other.yaml"),
        ("other", "nosmt.yaml"),
        ("good", "good.yaml"),
        ("warns", "--fail-on critical a.yaml"),
        ("broken", "good.yaml broken.yaml"),
    ] {
        folder.check_by_one_rule(&format!("{TARGET} --output json={name}.json {arguments}"));
    }
    folder
}

#[test]
fn of_reports_that_differ() {
    let folder = reports();
    let runs = [
        "one.json one.json",
        "good.json one.json",
        "one.json good.json",
        "one.json two.json",
        "one.json other.json --verbose",
        "warns.json one.json",
        "one.json warns.json",
        "good.json broken.json",
        "broken.json good.json",
        "good.json one.json --quiet",
        "good.json one.json --output markdown",
        "one.json warns.json --output markdown",
    ]
    .map(|arguments| {
        format!("$ rollgate diff {arguments}\n{}\n", folder.rollgate(&format!("diff {arguments}")))
    });
    assert_snapshot!(runs.concat());
}

#[test]
fn as_json() {
    let folder = reports();
    let run = folder.rollgate("diff warns.json two.json --output json");
    let diff = run.json();
    let rules = |list: &str| diff["findings"][list].as_array().unwrap().len();
    assert_eq!((run.code, &diff["verdict"]), (1, &serde_json::json!("denied")));
    assert_eq!((rules("changed"), rules("gone")), (1, 0));
    assert_eq!(diff["findings"]["changed"][0]["old"]["level"], "warn");
    let schema = folder.rollgate("schema diff").json();
    jsonschema::validate(&schema, &diff).unwrap();
}

/// A report may come from anywhere: nothing of it is obeyed by a terminal or drawn out of bounds.
#[test]
fn of_a_report_that_somebody_changed() {
    let folder = reports();
    let report = std::fs::read_to_string(folder.path().join("one.json")).unwrap();
    let hostile = report
        .replace("\"start\": ", "\"start\": 99999999")
        .replace("disables", "\\u001b[2J disables");
    folder.write("hostile.json", &hostile);
    let run = folder.rollgate("diff good.json hostile.json");
    assert!(run.code == 1 && !run.stdout.contains('\u{1b}'), "{run}");
}

#[test]
fn of_what_is_no_report() {
    let folder = reports();
    folder.write("list.json", "[]");
    let report = std::fs::read_to_string(folder.path().join("one.json")).unwrap();
    folder.write("version.json", report.replacen("\"version\": \"1\"", "\"version\": \"7\"", 1));
    let runs = [
        "one.json missing.json",
        "a.yaml one.json",
        "one.json list.json",
        "version.json one.json",
        "one.json",
        "one.json good.json --output sarif",
    ]
    .map(|arguments| {
        format!("$ rollgate diff {arguments}\n{}\n", folder.rollgate(&format!("diff {arguments}")))
    });
    assert_snapshot!(runs.concat());
}
