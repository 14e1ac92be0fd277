//! Tests of policies: `rollgate policy test`.
//!
//! Owns what a test is. A test package `….<rule>_test` has one object `cases`, whose members are
//! `{"input": facts, "deny": the whole expected set}` and perhaps `"parameters"` and, of an image,
//! `"files"` and `"contents"`, and rules `test_…` that must be true. The inputs are read as facts, so that a fixture cannot make up a field.

mod coverage;
mod difference;
mod files;

pub use self::coverage::Coverage;

use std::collections::BTreeSet;

use regorus::{Engine, Value};
use rollgate_facts::Facts;
use serde::Serialize;
use serde_json::Value as Json;

use super::bundle::{self, PolicyFile, PolicyRoot};
use super::check::check;
use super::check::schema::{Shape, Step};
use super::error::LoadErrors;
use super::evaluate::{EvaluationError, finding, set_time_limit, value_of};
use super::host::Host;
use super::index::Index;
use super::interpreter;
use super::package::{self, Origin};
use super::parameter;
use super::rule::Rule;
use crate::Limits;

/// What the tests of some policies say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TestReport {
    /// Every test, by package and name.
    pub tests: Vec<TestResult>,
    /// How much of each policy file they evaluate, by path.
    pub coverage: Vec<Coverage>,
}

/// One test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TestResult {
    /// The test package, as `rollgate.pool.mitigations_disabled_test`.
    pub package: String,
    /// The case (`denied: mitigations=off`) or the rule (`test_at_escapes_steps`).
    pub name: String,
    /// The file.
    pub file: String,
    /// What is wrong, where it fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
}

impl TestReport {
    /// The tests that fail.
    pub fn failures(&self) -> impl Iterator<Item = &TestResult> {
        self.tests.iter().filter(|test| test.failure.is_some())
    }

    /// How many of all lines were evaluated, in whole percent, rounded down.
    pub fn percent(&self) -> usize {
        let covered: usize = self.coverage.iter().map(|file| file.covered).sum();
        let missed: usize = self.coverage.iter().map(|file| file.missed.len()).sum();
        (covered * 100).checked_div(covered + missed).unwrap_or(100)
    }
}

/// Checks and tests users' roots; without roots, the embedded library.
pub fn test(roots: &[PolicyRoot], limits: &Limits) -> Result<TestReport, LoadErrors> {
    test_matching(roots, limits, "")
}

/// The same for the tests whose package or name contains this text.
pub fn test_matching(
    roots: &[PolicyRoot],
    limits: &Limits,
    wanted: &str,
) -> Result<TestReport, LoadErrors> {
    let rules = check(roots)?;
    let (origin, mut files, context) = if roots.is_empty() {
        (Origin::Library, bundle::library(), Vec::new())
    } else {
        (Origin::User, bundle::policies_of(roots), bundle::library_for_users())
    };
    files.sort();
    let tables = Index::current()?.tables;
    let mut engine = engine(files.iter().chain(&context), &rules, &tables, limits)?;
    let host = Host::default();
    host.attach(&mut engine);
    let (schema, mut tests) = (Facts::schema(), Vec::new());
    let test_files: Vec<_> = files.iter().filter(|file| file.is_test()).cloned().collect();
    for policy in interpreter::parse(&test_files)? {
        let file = PolicyFile { path: policy.source.file, text: policy.source.contents };
        let package = package::read(&file, origin)?.name;
        let names: Vec<_> = policy.ast.rules.iter().map(super::ast::Rule::name).collect();
        let mut runner = Runner {
            engine: &mut engine,
            host: &host,
            tables: &tables,
            rules: &rules,
            package,
            file: file.path,
            wanted,
            schema: &schema,
            tests: &mut tests,
        };
        runner.run(&names);
    }
    let coverage = coverage::of(&engine, &files)?;
    Ok(TestReport { tests, coverage })
}

fn engine<'a>(
    files: impl Iterator<Item = &'a PolicyFile>,
    rules: &[Rule],
    tables: &Json,
    limits: &Limits,
) -> Result<Engine, LoadErrors> {
    let mut engine = interpreter::with_policies(files)?;
    let defaults = parameter::defaults(rules);
    interpreter::prepare(&mut engine, tables, &defaults)?;
    set_time_limit(&mut engine, limits);
    engine.set_enable_coverage(true);
    Ok(engine)
}

/// The tests of one package, being run.
struct Runner<'r> {
    engine: &'r mut Engine,
    /// Answers what rules ask of an image's files.
    host: &'r Host,
    tables: &'r Json,
    rules: &'r [Rule],
    package: String,
    file: String,
    /// What the package or the name of a test has to contain.
    wanted: &'r str,
    schema: &'r Json,
    tests: &'r mut Vec<TestResult>,
}

impl Runner<'_> {
    fn run(&mut self, names: &[&str]) {
        if names.contains(&"cases") {
            self.run_cases();
        }
        // A rule may have several definitions; it is one test.
        let mut seen = BTreeSet::new();
        for rule in names.iter().filter(|name| name.starts_with("test_") && seen.insert(**name)) {
            if !self.wants(rule) {
                continue;
            }
            let failure = match self.value_of(rule) {
                Ok(Value::Bool(true)) => None,
                // A failing rule is undefined, not false.
                Ok(_) => Some("does not hold".to_owned()),
                Err(error) => Some(error.to_string()),
            };
            self.note(rule, failure);
        }
    }

    fn run_cases(&mut self) {
        let cases = match self.value_of("cases") {
            Ok(Value::Object(cases)) => cases,
            Ok(_) => return self.note("cases", Some("is no object, or undefined".to_owned())),
            Err(error) => return self.note("cases", Some(error.to_string())),
        };
        for (name, case) in cases.iter() {
            let name = name.as_string().map_or_else(|_| name.to_string(), ToString::to_string);
            if self.wants(&name) {
                let failure = self.run_case(case).err();
                self.note(&name, failure);
            }
        }
    }

    /// Judges the input of a case, and compares the whole set.
    fn run_case(&mut self, case: &Value) -> Result<(), String> {
        let members = case.as_object().map_err(|_| "is no object".to_owned())?;
        let names = members.iter().map(|(name, _)| name.as_string().map_or("", |name| &**name));
        let names: Vec<&str> = names.collect();
        let all = ["contents", "deny", "files", "input", "parameters"];
        let has = |name| names.contains(&name);
        if !has("deny") || !has("input") || !names.iter().all(|name| all.contains(name)) {
            return Err(
                "has not the members `input` and `deny`, and perhaps `parameters`, `files` \
                        and `contents`"
                    .to_owned(),
            );
        }
        let (input, expected) = (&case["input"], &case["deny"]);
        check_facts(input, self.schema)?;
        let parameters = &case["parameters"];
        let given = *parameters != Value::Undefined;
        if given {
            self.set_parameters(parameters)?;
        }
        let rule = self.package.strip_suffix("_test").unwrap_or(&self.package);
        let metadata = self.rules.iter().find(|known| known.package == rule);
        self.host.set(Some(files::files(case)?));
        self.host.set_reads(metadata.map_or(&[], |rule| &rule.reads));
        self.engine.set_input(input.clone());
        let found = value_of(self.engine, &format!("data.{rule}.deny"));
        self.engine.set_input(Value::new_object());
        if given {
            self.set_parameters(&Value::new_object())?;
        }
        compare(expected, &found.map_err(|error| error.to_string())?)
    }

    fn wants(&self, name: &str) -> bool {
        self.package.contains(self.wanted) || name.contains(self.wanted)
    }

    /// Gives policies these parameters, as a user would, and the defaults of the rest.
    fn set_parameters(&mut self, parameters: &Value) -> Result<(), String> {
        let given = serde_json::to_value(parameters).and_then(serde_json::from_value);
        let given = given.map_err(|error| format!("`parameters` is no object: {error}"))?;
        let values = parameter::values(self.rules, &given).map_err(|error| error.to_string())?;
        let prepared = interpreter::prepare(self.engine, self.tables, &values);
        prepared.map_err(|error| error.to_string())
    }

    fn value_of(&mut self, name: &str) -> Result<Value, EvaluationError> {
        value_of(self.engine, &format!("data.{}.{name}", self.package))
    }

    fn note(&mut self, name: &str, failure: Option<String>) {
        let (package, file) = (self.package.clone(), self.file.clone());
        self.tests.push(TestResult { package, name: name.to_owned(), file, failure });
    }
}

fn compare(expected: &Value, found: &Value) -> Result<(), String> {
    let (Ok(expected), Ok(found)) = (expected.as_set(), found.as_set()) else {
        return Err("`deny` is no set".to_owned());
    };
    for member in found {
        finding(member).map_err(|error| error.to_string())?;
    }
    if expected == found {
        return Ok(());
    }
    let (expected, found) = (difference::lines(expected.iter()), difference::lines(found.iter()));
    Err(difference::between(&expected, &found))
}

/// Refuses an input that is no facts document, or has what the facts never have.
fn check_facts(input: &Value, schema: &Json) -> Result<(), String> {
    let not_facts = |error: serde_json::Error| format!("`input` is no facts document: {error}");
    let given = serde_json::to_value(input).map_err(not_facts)?;
    match made_up("input", &given, &Shape::root("input", schema)) {
        Some(path) => Err(format!("the facts have no `{path}`, or never as `null`")),
        None => serde_json::from_value::<Facts>(given).map(drop).map_err(not_facts),
    }
}

/// The path of the first value that the schema does not know.
fn made_up(path: &str, given: &Json, shape: &Shape<'_>) -> Option<String> {
    let member = |path: String, step: Step<'_>, value: &Json| match shape.step(step) {
        Some(shape) => made_up(&path, value, &shape),
        None => Some(path),
    };
    match given {
        Json::Object(members) => members
            .iter()
            .find_map(|(key, value)| member(format!("{path}.{key}"), Step::Name(key), value)),
        Json::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, value)| member(format!("{path}[{index}]"), Step::Any, value)),
        // Absent facts are left out; a `null` would be defined, and hold where absence does not.
        Json::Null => (*shape != Shape::Anything).then(|| path.to_owned()),
        _ => None,
    }
}
