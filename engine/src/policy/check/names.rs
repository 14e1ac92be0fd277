//! What names lead to: imports, references and variables.
//!
//! A reference to what does not exist is undefined, and what is undefined makes a rule silent; so
//! every reference below `data` must lead somewhere.

use std::collections::BTreeSet;

use super::program::{Definition, Module, Program, Target};
use super::suggest;
use crate::policy::ast::walk::{Inside, Mention, each_mention, each_statement};
use crate::policy::ast::{AssignOp, Expr, Head, Literal, Rule as AstRule, Statement};
use crate::policy::error::LoadError;
use crate::policy::package::PackageKind;

/// Checks the imports, references and variables of every module.
pub(super) fn check(program: &Program<'_>, errors: &mut Vec<LoadError>) {
    for module in program.checked() {
        check_imports(program, module, errors);
        for rule in &module.policy.ast.rules {
            check_variables(module, rule, errors);
            each_mention(rule.inside(), &mut |mention| {
                if let Mention::Reference(reference) = mention {
                    errors.extend(check_reference(program, module, reference));
                }
            });
        }
    }
}

/// Checks that something stands where a reference below `data` leads: a package, or some data.
pub(super) fn check_data(program: &Program<'_>, errors: &mut Vec<LoadError>) {
    for module in program.checked() {
        let inside = module.policy.ast.rules.iter().flat_map(AstRule::inside);
        each_mention(inside.collect(), &mut |mention| {
            let Mention::Reference(reference) = mention else { return };
            let Some(path) = module.data_path(reference) else { return };
            let is_there = program.has_data(path.get(..1).unwrap_or_default());
            if !is_there && matches!(program.target(&path), Target::Nothing) {
                let message = format!("nothing defines `data.{}`", path.join("."));
                let help = "give the folder of the data with `--conftest-data`";
                errors.push(module.error(reference.start(), message, help));
            }
        });
    }
}

fn check_imports(program: &Program<'_>, module: &Module<'_>, errors: &mut Vec<LoadError>) {
    for import in &module.policy.ast.imports {
        let steps: Vec<_> = import.refr.fixed_steps().into_iter().map(str::to_owned).collect();
        let Some((root, path)) = steps.split_first() else { continue };
        let (message, help) = match (root.as_str(), program.target(path)) {
            ("rego" | "future", _) => {
                (format!("`{}` need not be imported", steps.join(".")), "remove the import".into())
            }
            ("data", Target::Nothing) => {
                (format!("`{}` does not exist", steps.join(".")), nearest(program, path))
            }
            ("data", _) => continue,
            _ => (format!("`{root}` is not to be imported"), format!("write `{root}.…` in full")),
        };
        errors.push(module.error(import.span.start, message, help));
    }
}

/// Refuses variables that are called like something else, so that a name has one meaning.
fn check_variables(module: &Module<'_>, rule: &AstRule, errors: &mut Vec<LoadError>) {
    let mut variables = Vec::new();
    if let AstRule::Spec { head: Head::Func { args, .. }, .. } = rule {
        for argument in args {
            variables_of(argument, &mut variables);
        }
    }
    each_statement(rule.inside(), &mut |statement| declared(module, statement, &mut variables));
    let mut seen = BTreeSet::new();
    for (name, byte) in variables {
        let what = if module.imports.contains_key(name) {
            "an import"
        } else if module.definitions.contains_key(name) {
            "a rule of this package"
        } else if matches!(name, "input" | "data") {
            "the name of a document"
        } else {
            continue;
        };
        if seen.insert(name) {
            let message = format!("the variable `{name}` hides {what}");
            errors.push(module.error(byte, message, "call one of them otherwise"));
        }
    }
}

/// The variables that a statement declares, each with its first byte.
fn declared<'a>(
    module: &Module<'a>,
    statement: &'a Statement,
    variables: &mut Vec<(&'a str, usize)>,
) {
    match &statement.literal {
        Literal::SomeVars { vars } => {
            variables.extend(vars.iter().map(|s| (module.text(s.start, s.end), s.start)));
        }
        Literal::SomeIn { key, value, .. } => {
            for pattern in key.iter().chain([value]) {
                variables_of(pattern, variables);
            }
        }
        Literal::Every { key, value, .. } => {
            let spans = key.iter().chain([value]);
            variables.extend(spans.map(|s| (module.text(s.start, s.end), s.start)));
        }
        // `x = y` compares where both are bound; only `:=` declares.
        Literal::Expr { expr: Expr::AssignExpr { op: AssignOp::ColEq, lhs, .. } } => {
            variables_of(lhs, variables);
        }
        Literal::Expr { .. } | Literal::NotExpr { .. } => {}
    }
}

fn variables_of<'a>(pattern: &'a Expr, variables: &mut Vec<(&'a str, usize)>) {
    each_mention(vec![Inside::Expr(pattern)], &mut |mention| {
        if let Mention::Reference(reference) = mention {
            variables.extend(reference.as_var().map(|name| (name, reference.start())));
        }
    });
}

fn check_reference(
    program: &Program<'_>,
    module: &Module<'_>,
    reference: &Expr,
) -> Option<LoadError> {
    let error = |message: String, help: &str| Some(module.error(reference.start(), message, help));
    if reference.root() == Some("input") && module.package.kind == PackageKind::Library {
        let help = "take what you need as an argument";
        return error("a library does not read `input`".to_owned(), help);
    }
    let path = module.data_path(reference)?;
    let shown = format!("data.{}", path.join("."));
    match program.target(&path) {
        Target::Tables | Target::Parameters => None,
        Target::Nothing => error(format!("`{shown}` does not exist"), &nearest(program, &path)),
        Target::Package => error(
            format!("`{shown}` is a whole package"),
            "name the rule that you mean; a whole package evaluates every rule in it",
        ),
        Target::Definition { .. } if module.is_test() => None,
        Target::Definition { module: other, definition, .. } => {
            let own = other.package.name == module.package.name;
            if !own && other.package.kind != PackageKind::Library {
                let help = "move what both need to a `lib` package";
                return error(format!("`{shown}` belongs to another rule"), help);
            }
            if definition != Definition::Rule {
                return error(format!("`{shown}` is a function"), "call it");
            }
            let through_package =
                reference.root().and_then(|root| module.imports.get(root)).map(Vec::len);
            if through_package == Some("data.a.b.c".split('.').count()) {
                let help = format!("import `{shown}` itself");
                let message = "a rule is read through its package, which evaluates all of it";
                return error(message.to_owned(), &help);
            }
            None
        }
    }
}

/// What to do about a path that leads nowhere.
pub(super) fn nearest(program: &Program<'_>, path: &[String]) -> String {
    let wanted = path.join(".");
    let paths = program.modules.iter().flat_map(|module| {
        let package = &module.package.name;
        let names = module.definitions.keys().map(move |name| format!("{package}.{name}"));
        names.chain([package.clone()])
    });
    let found = suggest::nearest(&wanted, paths.chain(["rollgate_tables".to_owned()]));
    found.map_or_else(
        || "see `rollgate policy list` and the packages under `policies/lib`".to_owned(),
        |found| format!("did you mean `data.{found}`?"),
    )
}
