//! Containerfiles: what is read of them, where findings stand, and that no text breaks the reader.

use std::fmt::Write as _;

use jiff::civil::date;
use rollgate_engine::extract::{containerfile, is_containerfile};
use rollgate_engine::policy::PolicySet;
use rollgate_engine::report::Report;
use rollgate_engine::{Artifact, Gate, Input, Settings};
use rollgate_facts::{Command, Containerfile, Subject};

const WORKER: &str = include_str!("../fixtures/containerfiles/Containerfile.worker");

/// The facts of a text.
fn read(text: &str) -> Containerfile {
    containerfile("os/Containerfile.worker", 1, text.as_bytes())
}

/// The line of a locator, and what else a command says.
fn told(command: &Command) -> String {
    let mut told = format!("{} {:?}", command.at.content_line().unwrap(), command.words);
    for (said, word) in [(command.piped, "piped"), (command.unchecked, "unchecked")] {
        if said {
            let _ = write!(told, " {word}");
        }
    }
    command.writes.iter().for_each(|path| told.extend([" > ", path.as_str()]));
    told
}

/// The commands of `RUN` with this text, which begins on line 2.
fn commands(run: &str) -> Vec<String> {
    let facts = read(&format!("FROM a\nRUN {run}"));
    assert_eq!(facts.problems, [], "{run}");
    facts
        .stages
        .iter()
        .flat_map(|stage| &stage.instructions)
        .flat_map(|one| &one.commands)
        .map(told)
        .collect()
}

#[test]
fn what_is_read_of_a_containerfile() {
    insta::assert_json_snapshot!(read(WORKER));
}

#[test]
fn no_secret_is_among_the_facts() {
    let facts = serde_json::to_string(&read(WORKER)).unwrap();
    for secret in ["hunter2hunter2", "abc def", "abcdef"] {
        assert!(!facts.contains(secret), "{secret}");
    }
}

#[test]
fn a_script_is_taken_apart_into_commands() {
    let cases: [(&str, &[&str]); 16] = [
        ("a b && c || exit 1", &[r#"2 ["a", "b"]"#, r#"2 ["c"]"#, r#"2 ["exit", "1"]"#]),
        ("a && b || true", &[r#"2 ["a"] unchecked"#, r#"2 ["b"] unchecked"#, r#"2 ["true"]"#]),
        ("a; b", &[r#"2 ["a"] unchecked"#, r#"2 ["b"]"#]),
        ("set -eux; a; b", &[r#"2 ["set", "-eux"]"#, r#"2 ["a"]"#, r#"2 ["b"]"#]),
        (
            "set -e -o pipefail; a | b",
            &[r#"2 ["set", "-e", "-o", "pipefail"]"#, r#"2 ["a"] piped"#, r#"2 ["b"]"#],
        ),
        ("a | b", &[r#"2 ["a"] piped unchecked"#, r#"2 ["b"]"#]),
        ("a \\\n# c\n  'b \"c' \"d 'e\" f\\ g", &[r#"2 ["a", "b \"c", "d 'e", "f g"]"#]),
        ("a &&\\\n b", &[r#"2 ["a"]"#, r#"3 ["b"]"#]),
        ("X=1 Y=$(z) sudo -E -u r env P=q timeout 5 a", &[r#"2 ["z"]"#, r#"2 ["a"]"#]),
        (
            "if a; then b; else c; fi && d",
            &[r#"2 ["a"]"#, r#"2 ["b"] unchecked"#, r#"2 ["c"] unchecked"#, r#"2 ["d"]"#],
        ),
        ("for x in 1 2; do a $x; done", &[r#"2 ["a", "$x"]"#]),
        ("(a; b) > /f 2>&1", &[r#"2 ["a"] unchecked"#, r#"2 ["b"]"#]),
        ("echo x >> /etc/f 2>/dev/null", &[r#"2 ["echo", "x"] > /etc/f > /dev/null"#]),
        ("bash -c 'a; b'", &[r#"2 ["bash", "-c", "a; b"]"#, r#"2 ["a"] unchecked"#, r#"2 ["b"]"#]),
        ("[\"a\", \"b c\"]", &[r#"2 ["a", "b c"]"#]),
        ("bash -e <<E\na\nb\nE", &[r#"2 ["bash", "-e"]"#, r#"3 ["a"]"#, r#"4 ["b"]"#]),
    ];
    for (run, expected) in cases {
        assert_eq!(commands(run), expected, "{run}");
    }
}

#[test]
fn what_cannot_be_read_is_a_problem_and_hides_nothing_else() {
    let cases = [
        ("", "1: there is no `FROM`"),
        ("RUN a\nFROM b", "1: `RUN` stands before the first `FROM`"),
        ("FROM a\nINSTALL b c\nRUN d", "2: unknown instruction `INSTALL`"),
        ("FROM a\nRUN cat <<E\nb\n", "2: the here-document `E` has no end"),
        ("FROM a\nCOPY b", "2: COPY instruction requires at least two arguments"),
        ("FROM", "1: FROM instruction requires at least one argument"),
        ("# escape=x\nFROM a", "1: the directive `escape` is neither `\\` nor `` ` ``"),
        ("FROM a b", "1: AS is expected"),
    ];
    for (text, expected) in cases {
        let facts = read(text);
        let problem = &facts.problems[0];
        let told = format!("{}: {}", problem.at.content_line().unwrap(), problem.text);
        assert_eq!(told, expected, "{text}");
    }
    let facts = read("FROM a\nINSTALL b c\nRUN d");
    assert_eq!(facts.stages[0].instructions.len(), 1);
    let facts = containerfile("Containerfile", 1, b"FROM a\nRUN \xff");
    assert_eq!(facts.problems[0].text, "the text is not UTF-8");
    assert_eq!(facts.problems[0].at.as_str(), "Containerfile/Containerfile#:2");
}

#[test]
fn files_are_known_by_their_names() {
    for name in [
        "Containerfile",
        "a/Dockerfile",
        "Containerfile.rhel",
        "worker.Containerfile",
        "b.Dockerfile",
    ] {
        assert!(is_containerfile(name), "{name}");
    }
    for name in ["Containerfile.md", "dockerfile.yaml", "Containerfiles", "a.yaml", "Dockerfile/a"]
    {
        assert!(!is_containerfile(name), "{name}");
    }
}

fn check(artifacts: Vec<Artifact>) -> Report {
    let policies = PolicySet::embedded().unwrap();
    let mut input = Input::new(artifacts);
    input.target.release = Some("4.20".to_owned());
    Gate::new(&policies, Settings::on(date(2026, 11, 21))).check(input).unwrap()
}

/// The findings of rules about Containerfiles: where they stand, of what, and the line there.
fn findings(report: &Report) -> Vec<String> {
    let mine =
        |rule: &str| rule.starts_with("containerfile.") && rule != "containerfile.not-linted";
    let mine = report.findings.iter().filter(|finding| mine(&finding.rule));
    let told = mine.map(|finding| {
        let place = finding.place.as_ref().unwrap();
        let excerpt = place.excerpt.as_ref().unwrap();
        let marked = excerpt.text.get(excerpt.start..excerpt.start + excerpt.length).unwrap();
        format!("{}:{} {} {}: {marked}", place.name, place.line, finding.subject, finding.rule)
    });
    told.collect()
}

#[test]
fn findings_stand_on_their_lines_in_files_and_in_objects() {
    let base = format!("FROM quay.io/example/os@sha256:{}\n", "0123456789abcdef".repeat(4));
    let file =
        |name: &str| Artifact::new(name, format!("{base}RUN true && \\\n  systemctl start x\n"));
    let object = "apiVersion: machineconfiguration.openshift.io/v1\nkind: MachineOSConfig\n\
                  metadata: {name: worker}\nspec:\n  containerFile:\n  - content: |\n\
                  \x20     FROM configs AS final\n      RUN grubby --args=a\n\
                  \x20 - containerfileArch: ARM64\n    content: \"FROM configs AS final\\nRUN grubby\"\n";
    let report = check(vec![
        file("a/Containerfile"),
        file("b/Containerfile"),
        Artifact::new("o.yaml", object),
    ]);
    assert_eq!(
        findings(&report),
        [
            "a/Containerfile:3 Containerfile/Containerfile containerfile.service-started-in-build: systemctl start x",
            "b/Containerfile:3 Containerfile/Containerfile~2 containerfile.service-started-in-build: systemctl start x",
            "o.yaml:8 MachineOSConfig/worker#/spec/containerFile/0/content containerfile.kernel-arguments-in-build: RUN grubby --args=a",
            "o.yaml:10 MachineOSConfig/worker#/spec/containerFile/1/content containerfile.kernel-arguments-in-build: \"FROM configs AS final\\nRUN grubby\"",
        ]
    );
}

#[test]
fn a_secret_is_found_and_not_shown() {
    let report = check(vec![Artifact::new("Containerfile.worker", WORKER)]);
    let found = findings(&report);
    let secrets = found.iter().filter(|finding| finding.contains("secret-in-build")).count();
    assert_eq!(secrets, 5, "{found:#?}");
    assert!(!serde_json::to_string(&report).unwrap().contains("hunter2"), "{found:#?}");
}

/// Every part of the fixture cut out, doubled, or put elsewhere: whatever comes of it is read.
#[test]
fn a_broken_containerfile_breaks_nothing() {
    let characters: Vec<char> = WORKER.chars().collect();
    let mut state = 1_u64;
    let mut random = |below: usize| {
        // A linear congruential generator (Knuth, MMIX).
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below.max(1)
    };
    for _ in 0..3000 {
        let mut text = characters.clone();
        for _ in 0..=random(4) {
            let from = random(text.len());
            let to = (from + random(40)).min(text.len());
            let part: Vec<char> = text.drain(from..to).collect();
            let at = random(text.len());
            let strange = ['\\', '"', '\'', '$', '(', '`', '<', '\n', '#', 'ä', '\r', '{'];
            match random(3) {
                0 => {}
                1 => text.insert(at, strange[random(strange.len())]),
                _ => drop(text.splice(at..at, part)),
            }
        }
        let text: String = text.into_iter().collect();
        let lines = 1 + text.matches('\n').count();
        let facts = read(&text);
        assert!(!facts.stages.is_empty() || !facts.problems.is_empty(), "{text}");
        let instructions = facts.stages.iter().flat_map(|stage| &stage.instructions);
        let commands = instructions.flat_map(|instruction| &instruction.commands);
        for command in commands {
            let line = command.at.content_line().unwrap();
            assert!((1..=lines).contains(&line), "line {line} of {lines}: {text}");
        }
        let subject: Subject = facts.into();
        assert_eq!(subject.at().as_str(), "Containerfile/Containerfile.worker#");
    }
}
