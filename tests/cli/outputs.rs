//! Reports: formats, destinations, weights, and what stays the same between runs.

use std::io::Read as _;
use std::process::Stdio;

use insta::assert_snapshot;
use rollgate_testkit::MachineConfig;
use serde_json::Value;

use crate::harness::Folder;
use crate::inputs::FAULTY;

const WHOLE_TARGET: &str = "--release 4.20 --stream rhel-9 --arch x86_64 --platform none --day 2";

/// A folder with a fault, an object of another kind and a document that cannot be read.
fn mixed() -> Folder {
    Folder::with(&[("a.yaml", FAULTY), ("b.yaml", "kind: ConfigMap\n"), ("c.yaml", "a: [b\n")])
}

#[test]
fn several_formats_at_once_and_each_keeps_its_schema() {
    let folder = mixed();
    let run = folder.check("--output json=out/a.json --output sarif=a.sarif --output human .");
    assert_eq!(run.code, 2, "a folder that is missing is no place for a report: {run}");
    let run = folder.check_by_one_rule(
        "--output json=a.json --output sarif=a.sarif --output human a.yaml c.yaml",
    );
    assert_snapshot!(run);
    let read = |name: &str| -> Value {
        serde_json::from_slice(&std::fs::read(folder.path().join(name)).unwrap()).unwrap()
    };
    let schema = folder.rollgate("schema report").json();
    jsonschema::validate(&schema, &read("a.json")).unwrap();
    let Some(corpus) = rollgate_testkit::shared_corpus("the schema of SARIF") else { return };
    let schema = std::fs::read(corpus.join("schemas/sarif-schema-2.1.0.json")).unwrap();
    jsonschema::validate(&serde_json::from_slice(&schema).unwrap(), &read("a.sarif")).unwrap();
}

#[test]
fn formats_that_are_refused() {
    let folder = mixed();
    let runs = [
        "--output xml a.yaml",
        "--output json= a.yaml",
        "-o json -o sarif a.yaml",
        "-o json=a -o sarif=a a.yaml",
    ]
    .map(|arguments| format!("$ rollgate check {arguments}\n{}\n", folder.check(arguments)));
    assert_snapshot!(runs.concat());
}

#[test]
fn json_of_a_small_input() {
    let folder = Folder::with(&[("a.yaml", FAULTY)]);
    let report = folder.check(&format!("{WHOLE_TARGET} --output json a.yaml")).json();
    insta::assert_json_snapshot!(report["findings"]);
}

#[test]
fn quiet_says_what_denies() {
    assert_snapshot!(mixed().check_by_one_rule("--quiet ."));
}

#[test]
fn verbose_says_what_passed_and_logs() {
    let folder = Folder::with(&[("a.yaml", FAULTY)]);
    let run = folder.check("-v a.yaml");
    assert!(run.stdout.contains("passed:\n"), "{run}");
    let run = folder.check("-vv a.yaml");
    assert!(run.stderr.contains("read name=\"a.yaml\""), "{run}");
}

#[test]
fn weights_of_findings_and_of_gaps() {
    let folder = mixed();
    let gap = "c.yaml";
    let commands = [
        "a.yaml".to_owned(),
        "a.yaml --fail-on high".to_owned(),
        "a.yaml --fail-on critical --on-inconclusive warn".to_owned(),
        gap.to_owned(),
        format!("{gap} --on-inconclusive warn"),
        format!("{gap} a.yaml"),
        "a.yaml --fail-on hgih".to_owned(),
    ];
    let codes = commands.map(|arguments| {
        let run = folder.check_by_one_rule(&format!("{WHOLE_TARGET} {arguments}"));
        let last = run.stdout.lines().last().unwrap_or_default();
        format!("{arguments}: exit code {} {last}\n", run.code)
    });
    assert_snapshot!(codes.concat());
}

#[test]
fn a_finding_keeps_its_fingerprint_when_lines_above_it_move() {
    let fingerprints = |text: &str| -> Vec<(String, u64, String)> {
        let report = Folder::with(&[("a.yaml", text)]).check("-o json a.yaml").json();
        let of = |finding: &Value| {
            let text = |field: &str| finding[field].as_str().unwrap().to_owned();
            (text("rule"), finding["place"]["line"].as_u64().unwrap(), text("fingerprint"))
        };
        report["findings"].as_array().unwrap().iter().map(of).collect()
    };
    let before = fingerprints(FAULTY);
    let argument = "    - \"mitigations=off\"\n";
    let above = FAULTY.replace(argument, &format!("    # why\n    - quiet\n{argument}"));
    let after = fingerprints(&format!("# moved\n{above}"));
    assert_eq!(before.len(), 1);
    assert_eq!(before[0].1 + 3, after[0].1);
    assert_eq!((&before[0].0, &before[0].2), (&after[0].0, &after[0].2));
}

/// What a terminal would obey: escape sequences, line breaks, and marks that turn the direction of
/// writing, in a name, a value and a path.
#[test]
fn a_terminal_obeys_nothing_of_an_input() {
    let hostile = "\u{1b}[31m\u{1b}]8;;http://x\u{7}\u{202e}\u{2066}\u{9b}1m\nverdict: pass\r";
    let machine_config = MachineConfig::new(&format!("99-{hostile}"))
        .role(&format!("worker{hostile}"))
        .kernel_argument(&format!("mitigations=off {hostile}"))
        .extension(hostile)
        .ignition("3.4.0")
        .file(&format!("/usr/{hostile}"), 0o644, hostile)
        .unit(&format!("{hostile}.service"), hostile)
        .spec(hostile, hostile.into());
    let folder =
        Folder::with(&[("a.yaml", &machine_config.yaml()), ("a.json", &machine_config.json())]);
    let name = "\u{1b}[31m\u{202e}.yaml";
    folder.write(name, "a: [\n");
    let pool = format!("worker{hostile}");
    let mut runs = vec![
        folder.check("."),
        folder.check("-v ."),
        folder.check("a.yaml missing\u{1b}[31m\u{202e}"),
    ];
    runs.push(folder.rollgate("render a.yaml --pool \u{1b}[31m\u{202e}"));
    for more in [&["a.yaml"][..], &["--explain", "a.yaml"], &["--json", "a.yaml"]] {
        let output = folder.command("render --pool").arg(&pool).args(more).output().unwrap();
        runs.push(crate::harness::Run::of(&folder, output));
    }
    for run in runs {
        let obeyed = |character: char| {
            let control = character.is_control() && character != '\n';
            control
                || ('\u{202a}'..='\u{202e}').contains(&character)
                || ('\u{2066}'..='\u{2069}').contains(&character)
        };
        assert!(
            !run.stdout.contains(obeyed) && !run.stderr.contains(obeyed),
            "{:?}\n{:?}",
            run.stdout,
            run.stderr
        );
        assert!(!run.stdout.lines().any(|line| line.starts_with("verdict: pass")), "{run}");
    }
}

#[test]
fn colour_only_on_request() {
    let folder = mixed();
    let coloured = |arguments: &str| folder.check(arguments).stdout.contains('\u{1b}');
    assert!(!coloured("a.yaml"));
    assert!(!coloured("--color never a.yaml"));
    assert!(coloured("--color always a.yaml"));
    assert!(folder.check("--color always missing.yaml").stderr.contains('\u{1b}'));
    assert!(!folder.check("missing.yaml").stderr.contains('\u{1b}'));
}

/// As `rollgate … | head -c 10` does.
#[test]
fn a_reader_may_go_away() {
    let folder = Folder::with(&[]);
    for arguments in ["policy list --output json", "schema facts", "completions bash", "--help"] {
        let mut child = folder.command(arguments).stdin(Stdio::null()).spawn().unwrap();
        let mut start = [0; 1];
        child.stdout.take().unwrap().read_exact(&mut start).unwrap();
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), &*stderr), (Some(0), ""), "{arguments}");
    }
}

#[test]
fn two_runs_say_the_same() {
    let folder = mixed();
    for format in ["human", "json", "sarif"] {
        let once = || folder.check(&format!("-v --output {format} .")).stdout;
        assert_eq!(once(), once());
    }
}
