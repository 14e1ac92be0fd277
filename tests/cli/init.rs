//! `rollgate init`: a configuration to begin with.

use insta::assert_snapshot;

use crate::harness::Folder;
use crate::inputs::FAULTY;

#[test]
fn writes_a_configuration_that_changes_nothing() {
    let folder = Folder::with(&[("a.yaml", FAULTY)]);
    let init = folder.rollgate("init");
    let written = std::fs::read_to_string(folder.path().join("rollgate.yaml")).unwrap();
    assert_snapshot!(format!("{init}{written}"));
    let with = folder.rollgate("check --quiet a.yaml");
    let without = folder.rollgate("check --quiet --no-config a.yaml");
    assert_eq!(with.stdout.replace("; configured by rollgate.yaml, found", ""), without.stdout);
}

/// One source of truth: what is commented out reads as well, and names every key of the schema.
#[test]
fn what_is_commented_out_is_valid_and_whole() {
    let folder = Folder::with(&[("a.yaml", FAULTY)]);
    folder.rollgate("init --profile strict");
    let path = folder.path().join("rollgate.yaml");
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.contains("\nprofile: strict\n"), "{written}");
    let body = written.split_once("\n\n").unwrap().1;
    let lines = body.lines().map(|line| line.strip_prefix("# ").unwrap_or(line));
    // What remains is a key, a part of its value, or a sentence about it.
    let is_key = |key: &str| key.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
    let keys = |line: &&str| {
        line.starts_with([' ', '-']) || line.split_once(':').is_some_and(|(key, _)| is_key(key))
    };
    let uncommented: Vec<&str> = lines.filter(keys).collect();
    std::fs::write(&path, uncommented.join("\n")).unwrap();
    let run = folder.rollgate("facts a.yaml");
    assert_eq!(run.code, 0, "{run}\n{}", uncommented.join("\n"));
    let schema = folder.rollgate("schema config").json();
    for key in schema["properties"].as_object().unwrap().keys() {
        let named = |line: &&str| line.starts_with(&format!("{key}:"));
        assert!(uncommented.iter().any(named), "{key} is missing");
    }
}

#[test]
fn replaces_nothing_unasked() {
    let folder = Folder::with(&[("rollgate.yaml", "fail_on: low\n")]);
    let commands = [
        "init",
        "init --force",
        "init missing",
        "init --force --profile strickt",
        "init rollgate.yaml",
    ];
    let runs = commands
        .map(|arguments| format!("$ rollgate {arguments}\n{}\n", folder.rollgate(arguments)));
    assert_snapshot!(runs.concat());
}
