//! The files for other tools: the hooks, the action and the task run what the program understands.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::harness::Folder;
use crate::inputs::FAULTY;

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(path)
}

fn text(path: &str) -> String {
    std::fs::read_to_string(repository(path)).unwrap()
}

fn yaml(path: &str) -> Value {
    serde_yaml::from_str(&text(path)).unwrap()
}

/// Every `--flag` of a text is one of `rollgate check`.
#[test]
fn flags_exist() {
    let help = Folder::with(&[]).rollgate("check --help").stdout;
    let known: Vec<&str> = flags(&help).collect();
    let files = [".github/actions/rollgate/run", ".pre-commit-hooks.yaml", "docs/tekton/task.yaml"];
    for file in files {
        let text = text(file);
        let used: Vec<&str> = flags(&text).collect();
        assert!(!used.is_empty(), "{file}");
        for flag in used {
            assert!(known.contains(&flag), "{file} uses {flag}, which `rollgate check` has not");
        }
    }
}

/// Every `--flag` behind `rollgate` in the pages is one of the reference.
#[test]
fn pages_name_flags_that_exist() {
    let reference = text("docs/cli.md");
    let known: Vec<&str> = flags(&reference).collect();
    let mut pages = vec![repository("README.md"), repository("docs/tekton/README.md")];
    let docs = std::fs::read_dir(repository("docs")).unwrap().map(|entry| entry.unwrap().path());
    pages.extend(docs.filter(|path| path.extension().is_some_and(|extension| extension == "md")));
    let mut used = 0;
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        // Behind `-n` it is a namespace.
        let commands = text.lines().filter_map(|line| line.rsplit_once("rollgate "));
        let commands = commands.filter(|(before, _)| !before.trim_end().ends_with("-n"));
        for (_, command) in commands {
            for flag in flags(command) {
                used += 1;
                assert!(known.contains(&flag), "{} names {flag}: {command}", page.display());
            }
        }
    }
    assert!(used > 20, "{used} flags");
}

fn flags(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !(character.is_ascii_lowercase() || character == '-'))
        .filter(|word| word.starts_with("--") && word.len() > 2)
}

#[test]
fn the_action_hands_over_every_input_by_the_environment() {
    let action = yaml(".github/actions/rollgate/action.yml");
    let script = text(".github/actions/rollgate/run");
    let step = &action["runs"]["steps"][0];
    assert!(!step["run"].as_str().unwrap().contains("${{"), "an input in a script is run by it");
    let environment = step["env"].as_object().unwrap();
    for input in action["inputs"].as_object().unwrap().keys() {
        let expression = format!("${{{{ inputs.{input} }}}}");
        let (variable, _) =
            environment.iter().find(|(_, value)| **value == *expression).expect(input);
        assert!(script.contains(variable.as_str()), "{variable} is not read");
    }
}

/// The script of the action, with the real binary, as the runner would call it.
fn action(folder: &Folder, inputs: &[(&str, &str)]) -> Output {
    Command::new("bash")
        .arg(repository(".github/actions/rollgate/run"))
        .current_dir(folder.path())
        .env("ROLLGATE_BINARY", env!("CARGO_BIN_EXE_rollgate"))
        .env("GITHUB_STEP_SUMMARY", folder.path().join("summary.md"))
        .env("GITHUB_OUTPUT", folder.path().join("output"))
        .envs(inputs.iter().copied())
        .output()
        .unwrap()
}

#[test]
fn the_action_runs() {
    let folder = Folder::with(&[("a.yaml", FAULTY), ("summary.md", "# before\n")]);
    let inputs = [
        ("ROLLGATE_PATHS", "a.yaml\n\n"),
        ("ROLLGATE_RELEASE", "4.20"),
        ("ROLLGATE_SARIF", "a.sarif"),
        ("ROLLGATE_JSON", "a.json"),
    ];
    let output = action(&folder, &inputs);
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{stdout}");
    assert!(stdout.starts_with("::error file=a.yaml,line=9,"), "{stdout}");
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(read("summary.md").starts_with("# before\n## rollgate: denied\n"));
    assert_eq!(read("output"), "verdict=denied\n");
    assert!(read("a.sarif").contains("pool.mitigations-disabled"));

    let known = [
        ("ROLLGATE_PATHS", "a.yaml"),
        ("ROLLGATE_RELEASE", "4.20"),
        ("ROLLGATE_BASELINE", "a.json"),
    ];
    let output = action(&folder, &known);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Every input of the action, each of them with a value that a shell would split or run.
fn hostile() -> Vec<(String, String)> {
    let action = yaml(".github/actions/rollgate/action.yml");
    let environment = action.pointer("/runs/steps/0/env").and_then(Value::as_object).unwrap();
    let inputs = environment.keys().filter(|variable| *variable != "ROLLGATE_BINARY");
    let value = |variable: &str| format!("$(touch owned) `touch owned`; touch owned * {variable}");
    inputs.map(|variable| (variable.clone(), value(variable))).collect()
}

/// With a program in rollgate's place, which writes down what it is given.
#[test]
fn the_action_hands_over_every_input_as_it_is() {
    let folder = Folder::with(&[("stub", "#!/bin/sh\nprintf '%s\\n' \"$@\" >arguments\n")]);
    let stub = folder.path().join("stub");
    std::fs::set_permissions(&stub, std::fs::Permissions::from_mode(0o755)).unwrap();
    let inputs = hostile();
    let mut inputs: Vec<(&str, &str)> =
        inputs.iter().map(|(variable, value)| (&**variable, &**value)).collect();
    inputs.push(("ROLLGATE_BINARY", stub.to_str().unwrap()));
    inputs.push(("ROLLGATE_PATHS", "one two.yaml\n\n--three"));
    inputs.push(("ROLLGATE_AGAINST", "now.yaml\n-"));
    let output = action(&folder, &inputs);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!folder.path().join("owned").exists());
    let arguments = std::fs::read_to_string(folder.path().join("arguments")).unwrap();
    let arguments = arguments.lines().map(|line| match line.split_once("markdown=") {
        Some(_) => "markdown=[SUMMARY]",
        None => line,
    });
    insta::assert_snapshot!(arguments.collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_action_runs_nothing_of_an_input() {
    let folder = Folder::with(&[("a.yaml", FAULTY)]);
    for (input, value) in hostile() {
        let output = action(&folder, &[(&input, &value)]);
        assert!(output.status.code().is_some_and(|code| code > 0), "{input}");
        assert!(!folder.path().join("owned").exists(), "{input}");
    }
}

/// Without the program, and with inputs that end it before it judges, the step says what is wrong.
#[test]
fn the_action_tells_why_there_is_no_report() {
    let folder = Folder::with(&[("a.yaml", FAULTY)]);
    let cases = [
        ("ROLLGATE_BINARY", "rollgate-is-not-here", "the runner has no rollgate"),
        ("ROLLGATE_PROFILE", "strickt", "no report could be made"),
        ("ROLLGATE_CHANGED_SINCE", "--output=x", "no report could be made"),
    ];
    for (input, value, expected) in cases {
        let output = action(&folder, &[(input, value)]);
        let stdout = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(2), "{stdout}");
        assert!(stdout.contains(&format!("::error title=rollgate::{expected}")), "{stdout}");
        let verdict = std::fs::read_to_string(folder.path().join("output")).unwrap();
        assert!(verdict.ends_with("verdict=error\n"), "{verdict}");
    }
}

/// The script of the task, with its parameters as Tekton hands them over.
#[test]
fn the_task_runs() {
    let task = yaml("docs/tekton/task.yaml");
    let step = &task["spec"]["steps"][0];
    let script = step["script"].as_str().unwrap();
    let folder = Folder::with(&[("a.yaml", FAULTY)]);
    let script = script.replace("$(results.verdict.path)", "verdict");
    assert!(!script.contains("$(params"), "a parameter in a script is run by it");
    let binary = Path::new(env!("CARGO_BIN_EXE_rollgate")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var_os("PATH").unwrap().display());
    let output = Command::new("sh")
        .args(["-c", &script, "script", "--release=4.20", "--", "a.yaml"])
        .current_dir(folder.path())
        .env("PATH", path)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let verdict = std::fs::read_to_string(folder.path().join("verdict")).unwrap();
    assert_eq!(verdict, "denied");
    assert!(folder.path().join("rollgate.xml").exists());
    assert_eq!(step["securityContext"]["runAsNonRoot"], true);
}

#[test]
fn the_hooks_are_hooks() {
    for hook in yaml(".pre-commit-hooks.yaml").as_array().unwrap() {
        for key in ["id", "name", "entry", "language", "files"] {
            assert!(hook[key].is_string(), "{key} of {hook}");
        }
        let entry = hook["entry"].as_str().unwrap().strip_prefix("rollgate ").unwrap();
        let folder = Folder::with(&[("a.yaml", FAULTY)]);
        let run = folder.rollgate(&format!("{entry} a.yaml"));
        assert_eq!(run.code, 1, "{run}");
    }
}
