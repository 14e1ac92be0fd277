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

use rollgate_facts::{Facts, ImageFile};
use serde_json::{Map, Value, json};

use self::flow::Schemas;
use self::program::{Module, Program};
use super::ast::Policy;
use super::bundle::{self, PolicyFile, PolicyRoot};
use super::error::{LoadError, LoadErrors, PolicyPlace};
use super::index::Index;
use super::package::{self, Origin, Package, PackageKind};
use super::parameter;
use super::rule::Rule;
use super::{capabilities, interpreter, metadata, scan};

/// The rules of users' roots (without roots: of the embedded library), after every check.
pub fn check(roots: &[PolicyRoot]) -> Result<Vec<Rule>, LoadErrors> {
    let (files, rules, others) = if roots.is_empty() {
        let files = bundle::library();
        let rules = check_files(&files, Origin::Library, &[])?;
        (files, rules, Vec::new())
    } else {
        let files = bundle::policies_of(roots);
        let rules = check_files(&files, Origin::User, &bundle::library_for_users())?;
        (files, rules, Index::current()?.rules)
    };
    LoadErrors::result(parameter::check(&rules, &others, &files))?;
    Ok(rules)
}

/// Checks policies that are written for conftest: every function exists and none needs itself, and
/// nothing is printed that regorus and OPA print differently. Their packages are any, several files
/// may share one, and what they read of `input` cannot be known.
pub(super) fn check_foreign(policies: &[Policy], data: &Value) -> Vec<LoadError> {
    let module = |policy| {
        let name = Policy::package_name(policy);
        let package = Package { name, kind: PackageKind::Rule, line: 1 };
        Module::new(policy, package, None)
    };
    let mut modules: Vec<_> = policies.iter().map(module).collect();
    let definitions: Vec<_> = modules
        .iter()
        .map(|module| (module.package.name.clone(), module.definitions.clone()))
        .collect();
    for module in &mut modules {
        let same = definitions.iter().filter(|(package, _)| *package == module.package.name);
        module.definitions.extend(same.flat_map(|(_, definitions)| definitions.clone()));
    }
    let program = Program { modules, arity: capabilities::arity_for_conftest, data };
    let mut errors = Vec::new();
    form::check_values(&program, &mut errors);
    calls::check(&program, &mut errors);
    names::check_data(&program, &mut errors);
    errors
}

/// What is known of a file before it is parsed.
struct Header<'f> {
    file: &'f PolicyFile,
    package: Package,
    rule: Option<Rule>,
}

/// Checks these files, which may refer to those of the context.
fn check_files(
    files: &[PolicyFile],
    origin: Origin,
    context: &[PolicyFile],
) -> Result<Vec<Rule>, LoadErrors> {
    let headers = headers(files, origin)?;
    let all: Vec<_> = files.iter().chain(context).cloned().collect();
    let policies = interpreter::parse(&all)?;
    // The parser keeps the order.
    let (checked, others) = policies.split_at_checked(files.len()).unwrap_or_default();
    let differing = checked.iter().zip(&headers).filter_map(|(p, header)| other_package(p, header));
    LoadErrors::result(differing.collect())?;

    let rules = checked.iter().zip(&headers).filter_map(|(policy, header)| {
        let rule = header.rule.clone()?;
        Some(rule.read_in(policy))
    });
    let rules = rules.collect();
    let checked = checked.iter().zip(headers);
    let checked = checked.map(|(policy, header)| Module::new(policy, header.package, header.rule));
    let others = others.iter().zip(context).filter_map(|(policy, file)| {
        let package = package::read(file, Origin::Library).ok()?;
        Some(Module { checked: false, ..Module::new(policy, package, None) })
    });
    let modules = checked.chain(others).collect();
    let program = Program { modules, arity: capabilities::arity, data: &Value::Null };
    let mut errors = Vec::new();
    form::check(&program, &mut errors);
    form::check_values(&program, &mut errors);
    names::check(&program, &mut errors);
    calls::check(&program, &mut errors);
    calls::check_negations(&program, &mut errors);
    facts::check(&program, &schemas(), &mut errors);
    LoadErrors::result(errors)?;
    // Last the interpreter's own objections: it knows one at a time, and says less.
    interpreter::prepare(&mut interpreter::with_policies(&all)?, &json!({}), &Map::new())?;
    Ok(rules)
}

/// Reads everything of these files that needs no parser.
fn headers(files: &[PolicyFile], origin: Origin) -> Result<Vec<Header<'_>>, LoadErrors> {
    let (mut headers, mut errors) = (Vec::<Header<'_>>::new(), Vec::new());
    for file in files {
        let header = scan::check(file).and_then(|()| metadata::read(file, origin));
        match header.and_then(|(package, rule)| unique(Header { file, package, rule }, &headers)) {
            Ok(header) => headers.push(header),
            Err(error) => errors.push(error),
        }
    }
    LoadErrors::result(errors)?;
    Ok(headers)
}

/// Refuses a second file of one package: METADATA could say one thing here and another there.
fn unique<'f>(header: Header<'f>, others: &[Header<'f>]) -> Result<Header<'f>, LoadError> {
    let name = &header.package.name;
    match others.iter().find(|other| other.package.name == *name) {
        None => Ok(header),
        Some(other) => Err(LoadError::new(
            PolicyPlace::new(&header.file.path, header.package.line, 1),
            format!("package `{name}` is defined in `{}` already", other.file.path),
            "keep one file for each package",
        )),
    }
}

/// Refuses a file of which the parser reads another package than was read here: everything that
/// users may define hangs on its name.
fn other_package(policy: &Policy, header: &Header<'_>) -> Option<LoadError> {
    let package = &header.package;
    let parsed = policy.package_name();
    (parsed != package.name).then(|| {
        LoadError::new(
            PolicyPlace::new(&header.file.path, package.line, 1),
            format!("the package reads `{}` here and `{parsed}` to the parser", package.name),
            "write `package` and its path on one line, and nothing else before it",
        )
    })
}

fn schemas() -> Schemas {
    let tables = bundle::library_text("data/schema.json").unwrap_or("{}");
    Schemas {
        facts: Facts::schema(),
        tables: serde_json::from_str(tables).unwrap_or(Value::Bool(true)),
        file: ImageFile::schema(),
    }
}
