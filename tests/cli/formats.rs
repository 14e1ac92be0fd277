//! Reports as other tools read them: JUnit, annotations of GitHub, Markdown.

use std::process::Command;

use insta::assert_snapshot;
use pulldown_cmark::{Event, Options, Parser, Tag};
use rollgate_testkit::{MachineConfig, tool};
use serde_json::Value;

use crate::harness::Folder;
use crate::inputs::FAULTY;

pub(crate) const TARGET: &str = "--release 4.20 --stream rhel-9 --platform none --day 2";

/// A waived, a denied and a warned finding, everything that a configuration can say, another kind, and
/// a document that cannot be read.
fn mixed() -> Folder {
    let second = MachineConfig::new("99-second")
        .role("worker")
        .kernel_argument("nopti")
        .spec("kernelType", "realtime".into())
        .ignition("3.4.0")
        .file("/usr/bad", 0o644, "x");
    Folder::with(&[
        ("a.yaml", FAULTY),
        ("b.yaml", &second.yaml()),
        ("c.yaml", "kind: ConfigMap\n---\na: [b\n"),
        (
            "rollgate.yaml",
            "waivers:\n  - {rule: pool.mitigations-disabled, subject: MachineConfigPool/worker, \
             at: MachineConfig/99-second, reason: measured | <b>, owner: \"@team\", \
             until: 2027-01-31}\n\
             rules:\n  disable: [{rule: pool.duplicate-kernel-argument, reason: \"a [link](x)\"}]\n  \
             severity: [{rule: machineconfig.read-only-path, severity: critical, reason: it hurt}]\n\
             overrides:\n  - {paths: [old/], disable: [{rule: pool.paused-pool, reason: gone}]}\n\
             parameters: {allowed_registries: [quay.io/example]}\n\
             profile: strict\nfail_on: high\n",
        ),
    ])
}

fn report(folder: &Folder, arguments: &str) -> crate::harness::Run {
    folder.rollgate(&format!("check --date 2026-11-21 {TARGET} {arguments}"))
}

/// Two runs, as a document that cannot be read makes all rules about pools inconclusive, and a
/// snapshot should not count the library.
#[test]
fn the_same_runs_in_each_format() {
    let folder = mixed();
    let runs = ["a.yaml b.yaml", "c.yaml"];
    for format in ["github", "markdown", "junit"] {
        let runs = runs.map(|files| told(&report(&folder, &format!("-o {format} {files}"))));
        assert_snapshot!(format, runs.join("\n"));
    }
}

/// A run without what passed and without the counts of it.
fn told(run: &crate::harness::Run) -> String {
    let told = run.to_string();
    let quiet = |line: &&str| line.contains("<testcase") && line.ends_with("/>");
    let lines = told.lines().filter(|line| !quiet(line)).map(|line| {
        let named = |line: &str, tag: &str| line.trim_start().starts_with(tag);
        match line.split_once(" tests=\"") {
            Some((start, _)) if named(line, "<testsuite") => format!("{start} …>"),
            _ => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Readers of JUnit and of annotations know errors only as what fails.
#[test]
fn what_does_not_block_is_no_error() {
    let folder = mixed();
    let run = |format: &str| {
        let flags = "--on-inconclusive warn --fail-on critical";
        report(&folder, &format!("{flags} -o {format} a.yaml c.yaml"))
    };
    let (github, junit) = (run("github"), run("junit"));
    assert_eq!((github.code, junit.code), (0, 0), "{github}");
    assert!(!github.stdout.contains("::error "), "{github}");
    assert!(github.stdout.contains("title=not judged::the document is not valid YAML"), "{github}");
    assert!(!junit.stdout.contains("<error"), "{junit}");
    assert!(junit.stdout.contains("<skipped message=\"inconclusive: the document is"), "{junit}");
}

/// Every count of the JSON report is found again by two readers that know nothing of rollgate.
#[test]
fn junit_is_read_by_others() {
    let folder = mixed();
    let json = report(&folder, "-o json -o junit=report.xml a.yaml b.yaml c.yaml").json();
    let outcomes = json["outcomes"].as_array().unwrap();
    let with = |statuses: &[&str]| {
        let named = |outcome: &&Value| statuses.contains(&outcome["status"].as_str().unwrap());
        outcomes.iter().filter(named).count()
    };
    let count = |list: &str| json[list].as_array().unwrap().len();
    let unjudged = count("unjudged");
    let complaints = json["findings"].as_array().unwrap().iter();
    let complaints = complaints.filter(|it| it["rule"] == "override.unused").count();
    // The configuration is a case, and so is each entry that switches something off.
    let configured = 1 + count("disabled");
    let expected = [
        outcomes.len() + unjudged + configured + complaints,
        with(&["fail"]),
        with(&["inconclusive"]) + unjudged,
        with(&["not_applicable", "waived"]) + count("disabled"),
    ];
    assert!(expected.iter().all(|count| *count > 0), "{expected:?}");

    let file = std::fs::File::open(folder.path().join("report.xml")).unwrap();
    let read = junit_parser::from_reader(std::io::BufReader::new(file)).unwrap();
    let sum = |of: fn(&junit_parser::TestSuite) -> u64| {
        usize::try_from(read.suites.iter().map(of).sum::<u64>()).unwrap()
    };
    let counts = [sum(|suite| suite.tests), sum(|suite| suite.failures), sum(|suite| suite.errors)];
    assert_eq!(counts, expected[..3]);

    let Some(python) = tool("JUnit against its schema", "rollgate-python") else { return };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/junit.py");
    let output =
        Command::new(python).arg(script).arg(folder.path().join("report.xml")).output().unwrap();
    let counted = String::from_utf8(output.stdout).unwrap();
    let expected = expected.map(|count| count.to_string()).join(" ");
    assert_eq!(counted.trim(), expected, "{}", String::from_utf8_lossy(&output.stderr));
}

/// What a change would accept of itself is told wherever it does not count.
#[test]
fn every_format_names_the_configuration_that_is_ignored() {
    let folder = mixed();
    folder.write("trusted/rollgate.yaml", "fail_on: high\n");
    for format in ["human", "sarif", "junit", "github", "markdown"] {
        let run = report(
            &folder,
            &format!("--trusted-config trusted/rollgate.yaml -o {format} a.yaml b.yaml"),
        );
        assert_eq!(run.code, 1, "{run}");
        for told in ["as --trusted-config is given", "rollgate.yaml: 1 waiver, 2 switched off"] {
            assert!(run.stdout.contains(told), "{format} does not say `{told}`: {run}");
        }
        assert!(!run.stdout.contains("measured"), "{format} tells of a waiver that is ignored");
    }
}

/// What an input says is nothing but text in a page: no markup, no cell, no HTML, no link.
#[test]
fn markdown_shows_an_input_as_text() {
    let hostile = "x | y `z` <img src=a> <!-- [l](http://e) ![i](u) @org **b** \u{1b}[31m ]]> &lt;";
    let config = MachineConfig::new(hostile)
        .role("worker")
        .kernel_argument(&format!("mitigations=off {hostile}"))
        .extension(hostile)
        .ignition("3.4.0")
        .file(&format!("/usr/{hostile}"), 0o644, hostile);
    let folder = Folder::with(&[("a.yaml", &config.yaml()), ("b | <i>.yaml", "a: [\n")]);
    let run = folder.check(&format!("{TARGET} -o markdown -o junit=a.xml ."));
    let events =
        Parser::new_ext(&run.stdout, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let (mut cells, mut rows) = (0, 1);
    let ours = [
        "<details>",
        "<summary>",
        "</summary>",
        "</details>",
        "<code>",
        "</code>",
        "<sub>",
        "</sub>",
    ];
    for event in events {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let tags = html.match_indices('<').map(|(start, _)| html.get(start..).unwrap());
                for tag in tags {
                    assert!(ours.iter().any(|own| tag.starts_with(own)), "{html:?} in {run}");
                }
            }
            Event::Start(Tag::TableCell) => cells += 1,
            Event::Start(Tag::TableRow) => rows += 1,
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis)) => {
                panic!("{tag:?} in {run}")
            }
            _ => {}
        }
    }
    assert!(rows > 3);
    assert_eq!(cells, rows * 5, "{run}");
    assert!(!run.stdout.contains("@org"), "{run}");
    junit_parser::from_reader(&*std::fs::read(folder.path().join("a.xml")).unwrap()).unwrap();
}

/// A page has an end, and says what it leaves out.
#[test]
fn markdown_keeps_to_its_limit() {
    let many = (0..900).fold(MachineConfig::new("98-many").role("worker"), |config, number| {
        config.ignition("3.4.0").file(&format!("/usr/{}{number}", "d".repeat(90)), 0o644, "x")
    });
    let folder = Folder::with(&[("many.yaml", &many.yaml())]);
    let run = folder.check(&format!("{TARGET} -o markdown ."));
    assert!((50_000..130_000).contains(&run.stdout.len()), "{} bytes", run.stdout.len());
    assert!(run.stdout.contains(" more are not shown: write the report as JSON"));
}

/// Findings do not push out what lets findings pass.
#[test]
fn markdown_has_room_for_the_configuration() {
    let many = (0..900).fold(MachineConfig::new("98-many").role("worker"), |config, number| {
        config.ignition("3.4.0").file(&format!("/usr/{}{number}", "d".repeat(90)), 0o644, "x")
    });
    let configuration =
        "rules: {disable: [{rule: pool.mitigations-disabled, reason: we measured}]}\n";
    let folder = Folder::with(&[("many.yaml", &many.yaml()), ("rollgate.yaml", configuration)]);
    let run = folder.rollgate(&format!("check {TARGET} -o markdown many.yaml"));
    let line = "- pool.mitigations-disabled at `rollgate.yaml:1:19`: we measured";
    assert!(run.stdout.contains(line), "{run}");
}
