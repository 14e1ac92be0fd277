//! What authors of policies do: begin a rule, test it, read about it.

use insta::assert_snapshot;

use crate::harness::Folder;

/// Runs commands one after the other; each as typed, and what it says.
pub(crate) fn session(folder: &Folder, commands: &[&str]) -> String {
    let run = |command: &&str| format!("$ rollgate {command}\n{}\n", folder.rollgate(command));
    commands.iter().map(run).collect()
}

#[test]
fn a_new_rule_loads_and_is_tested_and_explained() {
    let folder = Folder::with(&[]);
    let commands = [
        "policy new custom.acme.my_rule --subject pool p",
        "policy list p",
        "policy check p --output json",
        "policy test p --min-coverage 100",
        "policy explain custom.acme.my-rule --policy p",
        "policy explain custom.acme.my_rule --policy p --output markdown",
    ];
    assert_snapshot!(session(&folder, &commands));
}

#[test]
fn a_new_rule_of_every_subject_passes() {
    for subject in ["machine_config", "pool", "cluster_object"] {
        let folder = Folder::with(&[]);
        let new = format!("policy new custom.acme.my_rule --subject {subject} --severity low p");
        assert_eq!(folder.rollgate(&new).code, 0);
        let test = folder.rollgate("policy test p --min-coverage 100");
        assert_eq!(test.stdout, "6 passed, 0 failed; 100 % of lines evaluated\n", "{test}");
    }
}

#[test]
fn a_new_rule_overwrites_nothing_and_has_a_name_that_loads() {
    let folder = Folder::with(&[("p/acme/old/old_test.rego", "")]);
    let commands = [
        "policy new custom.acme.old --subject pool p",
        "policy new acme.rule --subject pool p",
        "policy new custom.../../x --subject pool p",
        "policy new custom.acme.x_test --subject pool p",
        "policy new custom.acme.rule --subject image p",
    ];
    assert_snapshot!(session(&folder, &commands));
    assert!(!folder.path().join("p/acme/old/old.rego").exists());
}

#[test]
fn tests_and_examples_that_fail() {
    let folder = Folder::with(&[]);
    folder.rollgate("policy new custom.acme.my_rule --subject pool p");
    let rule = folder.path().join("p/acme/my_rule/my_rule.rego");
    let text = std::fs::read_to_string(&rule).unwrap();
    let other = text.replace("is not wanted here", "is not wanted").replace("medium", "low");
    let more = "\ndeny contains finding if {\n\tinput.pool.name == \"other\"\n\t\
                finding := result.fail(input.pool.at, \"other\")\n}\n";
    std::fs::write(&rule, other + more).unwrap();
    folder.write(
        "p/acme/my_rule/allowed/not.yaml",
        include_str!("../../engine/src/policy/scaffold/machine_config.yaml")
            .replace("{value}", "forbidden"),
    );
    folder.write("p/acme/my_rule/denied/empty.yaml", "kind: ConfigMap\napiVersion: v1\n");
    let commands = [
        "policy test p",
        "policy test p --run something",
        "policy test p --run it.is.not",
        "policy test p --run my_rule_test --output json",
        "policy test p --min-coverage 72",
    ];
    assert_snapshot!(session(&folder, &commands));
}

/// The interpreter says nothing of a file that it never evaluated.
#[test]
fn a_rule_without_a_test_is_not_evaluated() {
    let folder = Folder::with(&[]);
    folder.rollgate("policy new custom.acme.tested --subject pool p");
    folder.rollgate("policy new custom.acme.not_tested --subject pool p");
    for file in ["not_tested_test.rego", "denied/example.yaml", "allowed/example.yaml"] {
        std::fs::remove_file(folder.path().join("p/acme/not_tested").join(file)).unwrap();
    }
    assert_snapshot!(folder.rollgate("policy test p --min-coverage 51"));
}

#[test]
fn rules_are_listed_by_what_they_are() {
    let folder = Folder::with(&[]);
    let codes = |arguments: &str| {
        let json = folder.rollgate(&format!("policy list --output json {arguments}")).json();
        json["rules"].as_array().unwrap().clone()
    };
    let all = codes("");
    for (filter, key, value) in
        [("--subject pool", "subject", "pool"), ("--severity critical", "severity", "critical")]
    {
        let expected: Vec<_> = all.iter().filter(|rule| rule[key] == value).cloned().collect();
        assert!(!expected.is_empty() && expected.len() < all.len());
        assert_eq!(codes(filter), expected);
    }
    assert!(codes("--tag no-such-tag").is_empty());
}

#[test]
fn a_rule_that_is_not_there_is_suggested() {
    let folder = Folder::with(&[]);
    let commands = [
        "policy explain pool.mitigation-disabled",
        "policy explain machineconfig.mitigations-disabled",
        "policy explain zebra",
        "policy explain custom.acme.mine",
    ];
    assert_snapshot!(session(&folder, &commands));
}

/// The page that is printed is the page that is committed.
#[test]
fn the_page_of_a_built_in_rule() {
    let folder = Folder::with(&[]);
    let page = folder.rollgate("policy explain pool.paused-pool --output markdown");
    assert_eq!(page.stdout, include_str!("../../docs/rules/pool/paused-pool.md"));
    assert_snapshot!(folder.rollgate("policy explain pool.paused-pool"));
}

/// Each run of the tests ends with its counts; until they come, there is nothing to do but read.
#[test]
fn tests_run_again_when_a_file_changes() {
    use std::io::{BufRead as _, BufReader};
    use std::sync::mpsc::channel;
    use std::time::Duration;

    let folder = Folder::with(&[]);
    folder.rollgate("policy new custom.acme.my_rule --subject pool p");
    let mut child = folder.command("policy test p --watch").spawn().unwrap();
    let (sender, lines) = channel();
    let stdout = BufReader::new(child.stdout.take().unwrap());
    let reader = std::thread::spawn(move || {
        let counts = stdout.lines().map(Result::unwrap).filter(|line| line.contains("passed, "));
        counts.for_each(|line| sender.send(line).unwrap());
    });
    let next = || lines.recv_timeout(Duration::from_mins(1)).unwrap();
    assert_eq!(next(), "6 passed, 0 failed; 100 % of lines evaluated");

    let file = folder.path().join("p/acme/my_rule/my_rule_test.rego");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("is not wanted here", "is wanted here")).unwrap();
    assert_eq!(next(), "4 passed, 2 failed; 100 % of lines evaluated");
    // A policy that does not load is told, and does not end the watch.
    std::fs::write(&file, "package\n").unwrap();
    std::fs::write(&file, text).unwrap();
    assert_eq!(next(), "6 passed, 0 failed; 100 % of lines evaluated");
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap();
}
