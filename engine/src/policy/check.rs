//! The checks before policies load: what would make a rule silent, hang or crash is refused.
//!
//! Owns the order of the checks. Undefined is silent in Rego, and regorus neither notices unknown
//! functions nor recursion, so the safety of the gate rests here. Each check names a place and a
//! remedy; the embedded library passes them when it is tested, users' roots when they are loaded.

mod calls;
mod facts;
mod flow;
mod form;
mod names;
mod program;
pub(super) mod schema;
mod suggest;

use std::collections::BTreeMap;

use self::flow::Schemas;
use self::program::{Module, Program};
use super::ast::Policy;
use super::bundle::{self, PolicyFile, PolicyRoot};
use super::error::{LoadError, LoadErrors, PolicyPlace};
use super::package::{self, Origin, Package};
use super::rule::Rule;
use super::{interpreter, metadata, scan};
use rollgate_facts::Facts;

/// The rules of users' roots (without roots: of the embedded library), after every check.
pub fn check(roots: &[PolicyRoot]) -> Result<Vec<Rule>, LoadErrors> {
    if roots.is_empty() {
        return check_files(&bundle::library(), Origin::Library, &[]);
    }
    let files: Vec<_> = roots.iter().flat_map(|root| root.files.clone()).collect();
    check_files(&files, Origin::User, &bundle::library_for_users())
}

/// What is known of a file before it is parsed.
struct Header {
    package: Package,
    rule: Option<Rule>,
}

fn check_files(
    files: &[PolicyFile],
    origin: Origin,
    context: &[PolicyFile],
) -> Result<Vec<Rule>, LoadErrors> {
    let mut errors = Vec::new();
    let mut headers = BTreeMap::new();
    for file in files {
        match header(file, origin).and_then(|header| unique(file, header, &headers)) {
            Ok(header) => {
                headers.insert(file.path.clone(), header);
            }
            Err(error) => errors.push(error),
        }
    }
    LoadErrors::result(std::mem::take(&mut errors))?;
    let rules = headers.values().filter_map(|header| header.rule.clone()).collect();

    let all: Vec<_> = files.iter().chain(context).cloned().collect();
    let policies = interpreter::parse(&all)?;
    let modules = policies.iter().filter_map(|policy| module(policy, &mut headers));
    let program = Program { modules: modules.collect() };
    form::check(&program, &mut errors);
    names::check(&program, &mut errors);
    calls::check(&program, &mut errors);
    facts::check(&program, &schemas(), &mut errors);
    LoadErrors::result(errors)?;
    Ok(rules)
}

/// Reads everything of a file that needs no parser.
fn header(file: &PolicyFile, origin: Origin) -> Result<Header, LoadError> {
    scan::check(file)?;
    let (package, rule) = metadata::read(file, origin)?;
    Ok(Header { package, rule })
}

/// Refuses a second file of one package: METADATA could say one thing here and another there.
fn unique(
    file: &PolicyFile,
    header: Header,
    others: &BTreeMap<String, Header>,
) -> Result<Header, LoadError> {
    let line = header.package.line;
    if others.contains_key(&file.path) {
        return Err(LoadError::new(
            PolicyPlace::new(&file.path, line, 1),
            "two policy files have this path",
            "rename one of them, or give one directory that holds both",
        ));
    }
    let name = &header.package.name;
    match others.iter().find(|(_, other)| other.package.name == *name) {
        None => Ok(header),
        Some((path, _)) => Err(LoadError::new(
            PolicyPlace::new(&file.path, line, 1),
            format!("package `{name}` is defined in `{path}` already"),
            "keep one file for each package",
        )),
    }
}

/// The module of a parsed file; a file without a header is there for the others to refer to.
fn module<'a>(policy: &'a Policy, headers: &mut BTreeMap<String, Header>) -> Option<Module<'a>> {
    let source = &policy.source;
    if let Some(Header { package, rule }) = headers.remove(&source.file) {
        return Some(Module::new(policy, package, rule, true));
    }
    let file = PolicyFile { path: source.file.clone(), text: source.contents.clone() };
    let package = package::read(&file, Origin::Library).ok()?;
    Some(Module::new(policy, package, None, false))
}

fn schemas() -> Schemas {
    let tables = bundle::library_text("data/schema.json").unwrap_or("{}");
    Schemas {
        facts: Facts::schema(),
        tables: serde_json::from_str(tables).unwrap_or(serde_json::Value::Bool(true)),
    }
}
