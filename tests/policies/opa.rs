//! The embedded library under the real OPA: what passes under one engine passes under the other,
//! and both find the same in every case.
//!
//! Rules that ask for the files of an image are only checked: OPA has no such functions.
//!
//! Needs `opa`. Without it these tests say so and pass, unless `ROLLGATE_REQUIRE_TOOLS` is set.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rollgate_engine::Limits;
use rollgate_engine::policy::{PolicySet, Rule};
use rollgate_facts::Facts;
use serde::Deserialize;

use crate::repository;

/// A case of a rule's test, and what OPA finds in it.
#[derive(Deserialize)]
struct Case {
    name: String,
    input: Facts,
    parameters: BTreeMap<String, serde_json::Value>,
    found: BTreeSet<String>,
}

#[test]
fn opa_checks_and_tests_the_library() {
    let Some(opa) = Opa::over_the_library("opa_checks_and_tests_the_library") else { return };
    let capabilities = repository().join("policies/capabilities.json");
    let capabilities = format!("--capabilities={}", capabilities.display());
    opa.run(&["check", "--strict", &capabilities]);
    let said = opa.run(&["test", &capabilities]);
    let policies = PolicySet::embedded().unwrap();
    let tests = policies.rules().iter().filter(|rule| !asks_for_files(rule)).count();
    let passed = said.lines().find_map(|line| line.strip_prefix("PASS: ")).unwrap();
    let (_, all) = passed.split_once('/').unwrap();
    assert!(all.parse::<usize>().unwrap() >= tests, "{all} tests of {tests} rules");
}

#[test]
fn both_engines_find_the_same_in_every_case() {
    let test = "both_engines_find_the_same_in_every_case";
    let Some(opa) = Opa::over_the_library(test) else { return };
    let policies = PolicySet::embedded().unwrap();
    let mut evaluator = policies.evaluator(&Limits::default());
    let rules = policies.rules().iter().filter(|rule| !asks_for_files(rule));
    let rules: Vec<_> = rules.cloned().collect();
    let mut cases = opa.cases(&rules);
    for rule in &rules {
        let cases = cases.remove(&rule.code).unwrap_or_default();
        assert!(!cases.is_empty(), "{} has no cases", rule.code);
        for Case { name, input, parameters, found } in cases {
            if !parameters.is_empty() {
                let given = policies.clone().with_parameters(&parameters).unwrap();
                evaluator = given.evaluator(&Limits::default());
            }
            evaluator.set_subject(&input).unwrap();
            let own = evaluator.evaluate(rule).unwrap();
            let own = own.iter().map(|finding| format!("{} {}", finding.at, finding.message));
            assert_eq!(own.collect::<BTreeSet<_>>(), found, "{}: {name}", rule.code);
            if !parameters.is_empty() {
                evaluator = policies.evaluator(&Limits::default());
            }
        }
    }
}

/// Whether a rule asks for files of an image, which OPA cannot answer.
fn asks_for_files(rule: &Rule) -> bool {
    let text = std::fs::read_to_string(repository().join("policies").join(&rule.file)).unwrap();
    text.contains("import data.rollgate.lib.image\n")
}

/// OPA over a folder of its own.
struct Opa {
    program: PathBuf,
    folder: tempfile::TempDir,
}

impl Opa {
    /// OPA takes every YAML and JSON file of a folder for data, so it gets the policies alone, and
    /// the tables and parameters where the engine puts them.
    fn over_the_library(test: &str) -> Option<Self> {
        let program = rollgate_testkit::tool(test, "opa")?;
        let folder = tempfile::tempdir().unwrap();
        let library = repository().join("policies");
        for entry in walkdir::WalkDir::new(&library).sort_by_file_name() {
            let entry = entry.unwrap();
            if entry.path().extension().is_some_and(|extension| extension == "rego") {
                let copy = folder.path().join(entry.path().strip_prefix(&library).unwrap());
                std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
                std::fs::copy(entry.path(), copy).unwrap();
            }
        }
        let tables = PolicySet::embedded().unwrap().tables().clone();
        let policies = PolicySet::embedded().unwrap();
        let declared = policies.rules().iter().flat_map(|rule| &rule.parameters);
        let parameters: serde_json::Map<_, _> =
            declared.map(|(name, schema)| (name.clone(), schema["default"].clone())).collect();
        let data = serde_json::json!({ "rollgate_tables": tables, "parameters": parameters });
        std::fs::write(folder.path().join("tables.json"), data.to_string()).unwrap();
        Some(Self { program, folder })
    }

    /// Every case of these rules' tests.
    fn cases(&self, rules: &[Rule]) -> BTreeMap<String, Vec<Case>> {
        let mut module = String::from("package cases\n");
        for Rule { code, package, .. } in rules {
            write!(
                module,
                "\nof[\"{code}\"] := [{{\"name\": name, \"input\": case.input, \"parameters\": given, \"found\": found}} |
	some name, case in data.{package}_test.cases
	given := object.get(case, \"parameters\", {{}})
	parameters := object.union(data.parameters, given)
	deny := data.{package}.deny with input as case.input with data.parameters as parameters
	found := {{sprintf(\"%s %s\", [finding.at, finding.message]) | some finding in deny}}
]
"
            )
            .unwrap();
        }
        std::fs::write(self.folder.path().join("cases.rego"), module).unwrap();
        serde_json::from_str(&self.run(&["eval", "--format=raw", "data.cases.of", "--data"]))
            .unwrap()
    }

    /// What a command prints that is given the folder last.
    fn run(&self, arguments: &[&str]) -> String {
        let folder: &Path = self.folder.path();
        let output = Command::new(&self.program).args(arguments).arg(folder).output();
        let Output { status, stdout, stderr } = output.unwrap();
        let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
        assert!(status.success(), "opa {arguments:?}\n{stdout}{stderr}");
        stdout.into_owned()
    }
}
