//! The form of packages: which rules they may define, and how.
//!
//! A rule package answers with `deny`, a set; anything else of that name, or an answer under
//! another name, would be passed over in silence.

use super::program::{Module, Program};
use crate::policy::ast::walk::{Inside, each_inside, each_statement};
use crate::policy::ast::{Body, Expr, Head, Rule as AstRule, Statement};
use crate::policy::error::LoadError;
use crate::policy::package::PackageKind;

/// Checks the form of every module.
pub(super) fn check(program: &Program<'_>, errors: &mut Vec<LoadError>) {
    for module in program.checked() {
        for rule in &module.policy.ast.rules {
            check_head(module, rule, errors);
            match module.package.kind {
                PackageKind::Rule => check_rule(module, rule, errors),
                PackageKind::Test => check_test(module, rule, errors),
                PackageKind::Library => {}
            }
            if !module.is_test() {
                check_with(module, rule, errors);
            }
        }
        check_presence(module, errors);
    }
}

/// Heads of several steps (`cases["x"] := …`, `a.b := …`) make rules that cannot be evaluated by
/// their name.
fn check_head(module: &Module<'_>, rule: &AstRule, errors: &mut Vec<LoadError>) {
    let refr = rule.refr();
    let partial_object = matches!(refr, Expr::RefBrack { .. }) && refr.length() == 2;
    let in_test = module.is_test() && rule.name() == "cases";
    if refr.as_var().is_none() && (!partial_object || in_test) {
        let message = format!("the head of `{}` has several steps", rule.name());
        errors.push(module.error(rule.start(), message, "write one object in one definition"));
    }
}

/// Where a definition has an `else`, regorus gives every member of what its head's value looks up by
/// a variable of the body: all of `table` for `table[key]`, or a wrong one in silence.
pub(super) fn check_values(program: &Program<'_>, errors: &mut Vec<LoadError>) {
    for module in program.checked() {
        for rule in &module.policy.ast.rules {
            let AstRule::Spec { head, bodies, .. } = rule else { continue };
            let (arguments, assign) = match head {
                Head::Func { args, assign, .. } => (args.as_slice(), assign),
                Head::Compr { assign, .. } => (&[] as &[Expr], assign),
                Head::Set { .. } => continue,
            };
            let Some(assign) = assign.as_ref().filter(|_| bodies.len() > 1) else { continue };
            let given = |name: &str| arguments.iter().any(|it| it.as_var() == Some(name));
            each_inside(vec![Inside::Expr(&assign.value)], &mut |expr| {
                if let Expr::RefBrack { index, .. } = expr
                    && let Some(name) = index.as_var().filter(|name| !given(name))
                {
                    let message = format!(
                        "`else` is not evaluated as OPA does beside `[{name}]` in the head"
                    );
                    let help = "look it up in the body: `found := table[key]`, and give `found`";
                    errors.push(module.error(expr.start(), message, help));
                }
            });
        }
    }
}

fn check_rule(module: &Module<'_>, rule: &AstRule, errors: &mut Vec<LoadError>) {
    let name = rule.name();
    if name == "deny" {
        if !is_set_with_condition(rule) {
            errors.push(module.error(
                rule.start(),
                "`deny` is not written as a set of findings",
                "write `deny contains finding if { … finding := result.fail(at, message) }`",
            ));
        }
    } else if !name.starts_with('_') {
        errors.push(module.error(
            rule.start(),
            format!("a rule package answers with `deny`; nobody reads `{name}`"),
            format!("call it `_{name}` if it is a helper"),
        ));
    }
}

fn is_set_with_condition(rule: &AstRule) -> bool {
    let AstRule::Spec { head: Head::Set { refr, key: Some(key) }, bodies, .. } = rule else {
        return false;
    };
    let conditional = |body: &Body| !body.query.stmts.is_empty();
    refr.as_var().is_some()
        && key.as_var().is_some()
        && !bodies.is_empty()
        && bodies.iter().all(conditional)
}

fn check_test(module: &Module<'_>, rule: &AstRule, errors: &mut Vec<LoadError>) {
    let name = rule.name();
    if name == "cases" {
        let object = matches!(
            rule,
            AstRule::Spec { head: Head::Compr { assign: Some(assign), .. }, bodies, .. }
                if bodies.is_empty() && matches!(assign.value, Expr::Object { .. })
        );
        if !object {
            errors.push(module.error(
                rule.start(),
                "`cases` is not one object literal",
                "write `cases := {\"denied: …\": {\"input\": …, \"deny\": {…}}}`",
            ));
        }
    } else if !name.starts_with('_') && !name.starts_with("test_") {
        errors.push(module.error(
            rule.start(),
            format!("a test package runs `cases` and `test_…`; nobody runs `{name}`"),
            format!("call it `test_{name}`, or `_{name}` if it is a helper"),
        ));
    }
}

/// `with` replaces what a rule judges, and lets functions call themselves.
fn check_with(module: &Module<'_>, rule: &AstRule, errors: &mut Vec<LoadError>) {
    let mut visit = |statement: &Statement| {
        if let Some(with) = statement.with_mods.first() {
            errors.push(module.error(
                with.refr.start(),
                "`with` belongs in tests",
                "pass the value to a function instead",
            ));
        }
    };
    each_statement(rule.inside(), &mut visit);
}

fn check_presence(module: &Module<'_>, errors: &mut Vec<LoadError>) {
    if module.package.kind == PackageKind::Rule && !module.definitions.contains_key("deny") {
        errors.push(module.error(
            0,
            "the rule has no `deny`",
            "write `deny contains finding if { … }`",
        ));
    }
    let runs = |name: &String| name == "cases" || name.starts_with("test_");
    if module.is_test() && !module.definitions.keys().any(runs) {
        errors.push(module.error(0, "the package tests nothing", "write `cases := {…}`"));
    }
}
