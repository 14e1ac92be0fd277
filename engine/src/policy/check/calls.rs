//! Calls: that the function exists, takes so many arguments, and will not fail on a literal.
//!
//! An unknown function behind an undefined condition is never noticed by regorus, and a function
//! that calls itself ends the process; both are refused here.

use std::collections::{BTreeMap, BTreeSet};

use rollgate_facts::SubjectKind;

use super::program::{Definition, Module, Program, Target};
use super::{names, suggest};
use crate::policy::ast::walk::{Inside, Mention, each_mention, each_statement};
use crate::policy::ast::{Expr, Head, Literal, Rule as AstRule, Statement};
use crate::policy::error::LoadError;
use crate::policy::image_files::matcher;
use crate::policy::{capabilities, host, negation};

/// The size in bytes to which regorus lets a regular expression compile; not configurable.
const REGEX_BYTES: usize = 100 * 1024;

/// The verbs that `sprintf` of regorus and OPA print alike.
const VERBS: &[char] = &['s', 'd', 'v', 'q', 'x'];

/// Checks every call.
pub(super) fn check(program: &Program<'_>, errors: &mut Vec<LoadError>) {
    for module in program.checked() {
        for rule in &module.policy.ast.rules {
            each_mention(rule.inside(), &mut |mention| {
                if let Mention::Call { function, arguments } = mention {
                    errors.extend(check_call(program, module, function, arguments));
                }
            });
        }
    }
    check_recursion(program, errors);
}

/// Checks that a negated call gets what is there whatever the input: where it may be absent, regorus
/// says true and OPA stays silent (see `negation`).
pub(super) fn check_negations(program: &Program<'_>, errors: &mut Vec<LoadError>) {
    for module in program.checked() {
        for rule in &module.policy.ast.rules {
            each_statement(rule.inside(), &mut |statement| {
                check_negation(module, statement, errors);
            });
        }
    }
}

fn check_call(
    program: &Program<'_>,
    module: &Module<'_>,
    function: &Expr,
    arguments: &[Expr],
) -> Option<LoadError> {
    let name = function.fixed_steps().join(".");
    let error = |message: String, help: &str| Some(module.error(function.start(), message, help));
    if let Some(fault) = check_host_call(module, function, arguments) {
        return Some(fault);
    }
    let arity = match module.data_path(function).map(|path| (program.target(&path), path)) {
        Some((Target::Definition { definition: Definition::Function(arity), .. }, _)) => arity,
        Some((Target::Definition { .. }, _)) => {
            return error(format!("`{name}` is not a function"), "leave out the parentheses");
        }
        Some((_, path)) => {
            let help = names::nearest(program, &path);
            return error(format!("there is no function `{name}`"), &help);
        }
        None => match (program.arity)(&name) {
            Some(arity) => arity,
            None => return error(format!("there is no function `{name}`"), &instead_of(&name)),
        },
    };
    if arguments.len() != arity {
        let message = format!("`{name}` takes {arity} arguments, not {}", arguments.len());
        let help = match name.as_str() {
            "walk" => "write `walk(x, [path, value])`; the interpreter finds nothing otherwise",
            _ => "assign the result with `:=`",
        };
        return error(message, help);
    }
    check_literals(module, &name, arguments)
}

/// Checks that files of images are asked for through the library, and contents are declared.
fn check_host_call(module: &Module<'_>, function: &Expr, arguments: &[Expr]) -> Option<LoadError> {
    let name = function.fixed_steps().join(".");
    let Some(path) = module.data_path(function) else {
        let is_host = host::FUNCTIONS.iter().any(|(function, _)| *function == name);
        let help = "import `data.rollgate.lib.image`, and call it there";
        return (is_host && module.package.name != host::LIBRARY).then(|| {
            module.error(function.start(), format!("`{name}` is not for policies to call"), help)
        });
    };
    let path = path.join(".");
    let asked = path.strip_prefix(host::LIBRARY).and_then(|path| path.strip_prefix('.'))?;
    let rule = module.rule.as_ref()?;
    if rule.subject != SubjectKind::Image {
        let message = format!("`{name}` answers for subject `image` alone");
        return Some(module.error(function.start(), message, "read the facts of the subject"));
    }
    let read = arguments.first().filter(|_| asked == "read")?;
    let Some(wanted) = read.as_text() else {
        let message = format!("`{name}` of what METADATA does not declare");
        let help = "declare the globs that it reads as `reads` under `custom`";
        return rule.reads.is_empty().then(|| module.error(read.start(), message, help));
    };
    let matches = |glob: &String| matcher(glob).is_ok_and(|set| set.is_match(wanted));
    (!rule.reads.iter().any(matches)).then(|| {
        let message = format!("`{wanted}` is not among what the rule `reads`");
        module.error(read.start(), message, "add it to `reads` under `custom` in METADATA")
    })
}

fn instead_of(name: &str) -> String {
    if let Some(reason) = capabilities::reason_against(name) {
        return reason.to_owned();
    }
    suggest::nearest(name, capabilities::names()).map_or_else(
        || "`policies/capabilities.json` lists the functions that there are".to_owned(),
        |found| format!("did you mean `{found}`?"),
    )
}

/// Checks what can be known about a call from its literals.
fn check_literals(module: &Module<'_>, name: &str, arguments: &[Expr]) -> Option<LoadError> {
    match (name, arguments) {
        ("sprintf", [format, values]) => check_format(module, format, values),
        ("regex.replace", [_, pattern, _]) => check_pattern(module, pattern),
        (_, [pattern, ..]) if name.starts_with("regex.") => check_pattern(module, pattern),
        _ => None,
    }
}

fn check_format(module: &Module<'_>, format: &Expr, values: &Expr) -> Option<LoadError> {
    let error = |message: String, help: &str| Some(module.error(format.start(), message, help));
    let (Some(text), Expr::Array { items, .. }) = (format.as_text(), values) else {
        let help = "write `sprintf(\"…\", […])`, so that the two can be compared";
        return error("`sprintf` is called without literals".to_owned(), help);
    };
    let unescaped = text.replace("%%", "");
    let mut verbs = 0;
    for after in unescaped.split('%').skip(1) {
        if !after.starts_with(VERBS) {
            let verb: String = after.chars().take(1).collect();
            let help = "use `%s`, `%d`, `%v`, `%q` or `%x`, without width";
            return error(format!("`%{verb}` does not print the same everywhere"), help);
        }
        verbs += 1;
    }
    if verbs == items.len() {
        return None;
    }
    let message = format!("the format has {verbs} verbs for {} values", items.len());
    error(message, "give each verb its value")
}

fn check_pattern(module: &Module<'_>, pattern: &Expr) -> Option<LoadError> {
    let text = pattern.as_text()?;
    let fault = regex::RegexBuilder::new(text).size_limit(REGEX_BYTES).build().err()?;
    let (message, help) = match fault {
        regex::Error::CompiledTooBig(_) => (
            format!("the regular expression compiles to more than {REGEX_BYTES} bytes"),
            "avoid large counts such as `{1,100}` over `.` and `\\w`; compare lengths with `count`",
        ),
        _ => (
            format!("`{text}` is not a regular expression"),
            "write it as RE2 does: without look-around and back-references",
        ),
    };
    Some(module.error(pattern.start(), message, help))
}

fn check_negation(module: &Module<'_>, statement: &Statement, errors: &mut Vec<LoadError>) {
    let Literal::NotExpr { expr } = &statement.literal else { return };
    let operands = negation::operands(expr);
    each_mention(operands.into_iter().map(Inside::Expr).collect(), &mut |mention| {
        let Mention::Reference(reference) = mention else { return };
        let is_part = reference.root() == Some("input") && reference.as_var().is_none();
        let document = is_part || module.data_path(reference).is_some();
        if document && !is_always_defined(module, reference) {
            let text = reference.fixed_steps().join(".");
            errors.push(module.error(
                reference.start(),
                format!("`{text}` stands in a negated call; where it is absent, engines disagree"),
                "bind it first: `some x in …` or `x := …`, and negate `f(x)`",
            ));
        }
    });
}

/// Whether a reference is the name of a rule of the same package that has a value whatever the
/// input: a set, a comprehension, a literal.
fn is_always_defined(module: &Module<'_>, reference: &Expr) -> bool {
    let Some(name) = reference.as_var() else { return false };
    let mut definitions = module.policy.ast.rules.iter().filter(|rule| rule.name() == name);
    definitions.any(|rule| match rule {
        AstRule::Default { .. } => true,
        AstRule::Spec { head: Head::Set { .. }, .. } => true,
        AstRule::Spec { head: Head::Compr { assign: Some(assign), .. }, bodies, .. } => {
            bodies.is_empty() && assign.value.is_always_defined()
        }
        AstRule::Spec { .. } => false,
    })
}

/// A function or rule, by package and name.
type Name = (String, String);

/// Refuses definitions that need themselves: regorus does not notice it of functions, and runs out
/// of stack.
fn check_recursion(program: &Program<'_>, errors: &mut Vec<LoadError>) {
    let mut needs = dependencies(program);
    // What needs nothing that is left cannot be part of a circle.
    loop {
        let left: BTreeSet<_> = needs.keys().cloned().collect();
        let before = needs.len();
        needs.retain(|_, needed| needed.iter().any(|name| left.contains(name)));
        if needs.len() == before {
            break;
        }
    }
    for module in program.checked() {
        let rules = module.policy.ast.rules.iter();
        for (rule, circle) in rules.filter_map(|rule| {
            let name = (module.package.name.clone(), rule.name().to_owned());
            Some((rule, circle_through(&name, &needs)?))
        }) {
            let message = format!("`{}` needs itself: {circle}", rule.name());
            errors.push(module.error(rule.start(), message, "Rego has no recursion; use `some`"));
        }
    }
}

/// What each definition mentions. A mock (`with f as g`) makes `f` need `g`.
fn dependencies(program: &Program<'_>) -> BTreeMap<Name, BTreeSet<Name>> {
    let mut needs: BTreeMap<Name, BTreeSet<Name>> = BTreeMap::new();
    for module in &program.modules {
        let resolve = |expr: &Expr| match program.target(&module.data_path(expr)?) {
            Target::Definition { module, name, .. } => Some((module.package.name.clone(), name)),
            _ => None,
        };
        for rule in &module.policy.ast.rules {
            let name = (module.package.name.clone(), rule.name().to_owned());
            let needed = needs.entry(name).or_default();
            each_mention(rule.inside(), &mut |mention| {
                let (Mention::Call { function: expr, .. } | Mention::Reference(expr)) = mention;
                needed.extend(resolve(expr));
            });
            each_statement(rule.inside(), &mut |statement| {
                for with in &statement.with_mods {
                    if let (Some(target), Some(mock)) = (resolve(&with.refr), resolve(&with.value))
                    {
                        needs.entry(target).or_default().insert(mock);
                    }
                }
            });
        }
    }
    needs
}

/// The way from a definition back to itself, `a → b → a`.
fn circle_through(start: &Name, needs: &BTreeMap<Name, BTreeSet<Name>>) -> Option<String> {
    let mut came_from: BTreeMap<&Name, &Name> = BTreeMap::new();
    let mut open = vec![start];
    while let Some(name) = open.pop() {
        for next in needs.get(name).into_iter().flatten() {
            if next == start {
                let mut way = vec![start.1.as_str()];
                let mut at = name;
                while at != start {
                    way.push(&at.1);
                    at = came_from.get(at)?;
                }
                way.push(&start.1);
                way.reverse();
                return Some(way.join(" → "));
            }
            if !came_from.contains_key(next) {
                came_from.insert(next, name);
                open.push(next);
            }
        }
    }
    None
}
