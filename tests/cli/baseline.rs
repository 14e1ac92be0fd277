//! `--baseline`: only what is new denies, and reports that are no baseline.

use insta::assert_snapshot;

use crate::harness::Folder;
use crate::inputs::FAULTY;

const TARGET: &str = "--release 4.20 --stream rhel-9 --arch x86_64 --platform none --day 2";

/// A folder with a fault, and a baseline that knows it.
fn folder() -> Folder {
    let folder = Folder::with(&[("a.yaml", FAULTY)]);
    folder.check(&format!("{TARGET} --output json=baseline.json a.yaml"));
    folder
}

fn check(folder: &Folder, arguments: &str) -> String {
    let run = folder.check(&format!("{TARGET} --baseline baseline.json {arguments}"));
    format!("$ rollgate check … --baseline baseline.json {arguments}\n{run}\n")
}

#[test]
fn what_is_known_does_not_deny() {
    let folder = folder();
    let moved = format!("# A comment moves every line.\n{FAULTY}    - quiet\n");
    folder.write("moved.yaml", moved);
    folder
        .write("more.yaml", FAULTY.replace("99-worker", "98-worker").replace("mitigations", "pti"));
    folder.write("good.yaml", FAULTY.replace("mitigations=off", "quiet"));
    let runs = ["a.yaml", "moved.yaml", "a.yaml more.yaml", "good.yaml", "--quiet a.yaml"];
    assert_snapshot!(runs.map(|arguments| check(&folder, arguments)).concat());
    let report = folder.check(&format!("{TARGET} --baseline baseline.json --output json a.yaml"));
    let report = report.json();
    let outcomes = report["outcomes"].as_array().unwrap().iter();
    let known = outcomes.filter(|outcome| outcome["status"] == "known").count();
    assert_eq!((known, &report["counts"]["known"]), (1, &report["baseline"]["known"]));
    let schema = folder.rollgate("schema report").json();
    jsonschema::validate(&schema, &report).unwrap();
}

/// Of two alike, either may go, and a third is new.
#[test]
fn twins_are_known_by_their_number() {
    let with_units = |count: usize| {
        let unit = |number| format!("        - {{name: u{number}.service, enable: true}}\n");
        let units: String = (0..count).map(unit).collect();
        let config = "  config:\n    ignition: {version: 3.2.0}\n    systemd:\n      units:\n";
        FAULTY.replace(
            "  kernelArguments:\n    - \"mitigations=off\"\n",
            &(config.to_owned() + &units),
        )
    };
    let counts = |before: usize, after: usize| {
        let folder =
            Folder::with(&[("a.yaml", &with_units(before)), ("b.yaml", &with_units(after))]);
        folder.check(&format!("{TARGET} --output json=baseline.json a.yaml"));
        let run = folder.check(&format!("{TARGET} --baseline baseline.json --output json b.yaml"));
        let report = run.json();
        let count = |name: &str| report["counts"][name].as_u64().unwrap();
        let gone = report["baseline"]["gone"].as_u64().unwrap();
        (count("denied") + count("warned"), count("known"), gone)
    };
    let (none, all, _) = counts(3, 3);
    assert!(none == 0 && all >= 3, "the case has no twins any more");
    let (new, known, gone) = counts(4, 3);
    assert_eq!((new, known), (0, all));
    assert!(gone > 0);
    let (new, known, gone) = counts(3, 4);
    assert_eq!((known, gone), (all, 0));
    assert!(new > 0);
}

/// What was waived then, what is more severe now, and a subject more.
#[test]
fn what_is_known_no_more() {
    let folder = folder();
    let baseline = std::fs::read_to_string(folder.path().join("baseline.json")).unwrap();
    let changed = |from: &str, to: &str| {
        assert!(baseline.contains(from), "{from}");
        folder.write("baseline.json", baseline.replace(from, to));
        check(&folder, "a.yaml")
    };
    let runs = [
        changed("\"level\": \"deny\"", "\"level\": \"waived\""),
        changed(
            "\"severity\": \"high\",\n      \"level\"",
            "\"severity\": \"low\",\n      \"level\"",
        ),
        changed(
            "\"subjects\": [\n        \"MachineConfigPool/worker\"",
            "\"subjects\": [\n        \"MachineConfigPool/other\"",
        ),
        changed("\"policies\": \"sha256:", "\"policies\": \"sha256:other-"),
    ];
    assert_snapshot!(runs.concat());
}

/// A pool that may lack something is inconclusive however often that was seen.
#[test]
fn what_could_not_be_judged_is_in_no_baseline() {
    let folder = Folder::with(&[("a.yaml", FAULTY), ("b.yaml", "kind: [MachineConfig\n")]);
    folder.check(&format!("{TARGET} --output json=baseline.json a.yaml b.yaml"));
    let run = folder.check(&format!("{TARGET} --baseline baseline.json --quiet a.yaml b.yaml"));
    assert_eq!(run.code, 3, "{run}");
}

#[test]
fn reports_that_are_no_baseline() {
    let folder = folder();
    let baseline = std::fs::read_to_string(folder.path().join("baseline.json")).unwrap();
    folder.check(&format!("{TARGET} --output sarif=sarif.json a.yaml"));
    folder.write("version.json", baseline.replacen("\"version\": \"1\"", "\"version\": \"2\"", 1));
    folder.write("number.json", baseline.replacen("\"version\": \"1\"", "\"version\": 1", 1));
    folder.write("level.json", baseline.replacen("\"deny\"", "\"denies\"", 1));
    folder.write("cut.json", baseline.get(..300).unwrap());
    folder.write("array.json", "[]");
    folder.write("deep.json", "[".repeat(100_000));
    folder.write("latin.json", b"{\"version\": \"\xe9\"}");
    let files = [
        "missing.json",
        "a.yaml",
        "sarif.json",
        "version.json",
        "number.json",
        "level.json",
        "cut.json",
        "array.json",
        "deep.json",
        "latin.json",
        ".",
    ];
    let runs = files.map(|file| {
        let run = folder.check(&format!("--baseline {file} a.yaml"));
        format!("$ rollgate check --baseline {file} a.yaml\n{run}\n")
    });
    assert_snapshot!(runs.concat());
}
