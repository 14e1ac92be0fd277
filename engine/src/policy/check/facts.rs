//! What policies read: every path into the facts and the tables must exist, and be declared.
//!
//! A mistyped path is undefined, and the rule silent. `some file in input.pool.ignition.files;
//! file.mod == 420` is refused at `file.mod`; so is `input.target.release` in a rule whose METADATA
//! does not need it.

use std::collections::BTreeSet;

use super::flow::{DeadEnd, Flow, Schemas, Variables};
use super::program::{Module, Program};
use super::schema::{Shape, Step};
use super::suggest;
use crate::policy::ast::walk::{Inside, Mention, each_inside, each_mention, each_statement};
use crate::policy::ast::{Expr, Literal, Rule as AstRule, Statement};
use crate::policy::error::LoadError;
use crate::policy::negation;
use crate::policy::rule::{Need, Rule};

/// Checks what every module reads.
pub(super) fn check(program: &Program<'_>, schemas: &Schemas, errors: &mut Vec<LoadError>) {
    let flow = Flow::of(program, schemas);
    for module in program.checked().filter(|module| !module.is_test()) {
        let mut reads = Reads { flow: &flow, module, needed: BTreeSet::new(), errors };
        for rule in &module.policy.ast.rules {
            reads.check_rule(rule);
        }
        reads.check_unread();
    }
}

/// What one module reads.
struct Reads<'c, 's, 'a> {
    flow: &'c Flow<'s, 'a>,
    module: &'s Module<'a>,
    /// The needs that it reads.
    needed: BTreeSet<Need>,
    errors: &'c mut Vec<LoadError>,
}

impl<'s> Reads<'_, 's, '_> {
    fn check_rule(&mut self, rule: &AstRule) {
        let variables = self.flow.variables(self.module, rule);
        each_mention(rule.inside(), &mut |mention| match mention {
            Mention::Reference(reference) => self.check_reference(reference, &variables),
            Mention::Call { function, arguments } => {
                self.check_call(function, arguments, &variables);
            }
        });
        each_inside(rule.inside(), &mut |expr| self.check_comparison(expr, &variables));
        each_statement(rule.inside(), &mut |statement| self.check_negation(statement, &variables));
    }

    fn check_reference(&mut self, reference: &Expr, variables: &Variables<'s>) {
        let walk = self.flow.walk(self.module, reference, variables);
        if let Some(dead_end) = walk.dead_end {
            self.nowhere(&dead_end);
        }
        for shape in &walk.passed {
            self.check_declared(reference, shape);
        }
        if reference.root() == Some("data") || self.imports_parameters(reference) {
            self.check_parameter(reference);
        }
    }

    /// `object.get` with a mistyped key answers with its default.
    fn check_call(&mut self, function: &Expr, arguments: &[Expr], variables: &Variables<'s>) {
        let [object, key, _] = arguments else { return };
        if function.fixed_steps() != ["object", "get"] {
            return;
        }
        let before = self.flow.shape(self.module, object, variables);
        let keys: Vec<_> = match key {
            Expr::Array { items, .. } => items.iter().collect(),
            key => vec![key],
        };
        let mut shape = before;
        for expr in keys {
            let step = expr.as_text().map_or(Step::Any, Step::Name);
            let Some(next) = shape.step(step) else {
                self.nowhere(&DeadEnd { step, expr, before: shape });
                return;
            };
            self.check_declared(expr, &next);
            shape = next;
        }
    }

    fn nowhere(&mut self, dead_end: &DeadEnd<'_, 's>) {
        let path = dead_end.before.nodes().first().map_or("", |node| &node.path);
        let message = match dead_end.step {
            Step::Name(name) => format!("there is no `{path}.{name}`"),
            Step::Any => format!("`{path}` is no collection"),
        };
        let names = dead_end.before.names();
        let help = match dead_end.step {
            Step::Name(name) => suggest::nearest(name, names.into_iter()),
            Step::Any => None,
        };
        let help = help.map_or_else(
            || "see `policies/facts.schema.json` and `policies/data/schema.json`".to_owned(),
            |found| format!("did you mean `{found}`?"),
        );
        self.errors.push(self.module.error(dead_end.expr.start(), message, help));
    }

    /// Checks that METADATA declares what is read.
    fn check_declared(&mut self, expr: &Expr, shape: &Shape<'s>) {
        let Some(rule) = &self.module.rule else { return };
        for node in shape.nodes() {
            let path = node.path.strip_prefix("input.").unwrap_or_default();
            let first = path.split(['.', '[']).next().unwrap_or_default();
            let subject = rule.subject.key();
            if !first.is_empty() && ![subject, "target", "version"].contains(&first) {
                self.errors.push(self.module.error(
                    expr.start(),
                    format!("the rule judges `{subject}`, and reads `input.{first}`"),
                    "set `subject` in METADATA to what the rule reads; a rule judges one subject",
                ));
            }
            let Some(need) = Need::ALL.iter().copied().find(|need| need.name() == path) else {
                continue;
            };
            self.needed.insert(need);
            if !rule.needs.contains(&need) {
                self.errors.push(self.module.error(
                    expr.start(),
                    format!("`{}` is read and not declared", node.path),
                    format!("add `needs: [{}]` to `custom` in METADATA", need.name()),
                ));
            }
        }
    }

    /// A need that is not read makes a rule inconclusive for nothing.
    fn check_unread(&mut self) {
        let needs = self.module.rule.as_ref().map(|rule: &Rule| rule.needs.clone());
        for need in needs.unwrap_or_default() {
            if !self.needed.contains(&need) {
                self.errors.push(self.module.error(
                    0,
                    format!("the rule needs `{}` and never reads it", need.name()),
                    "remove it from `needs` in METADATA",
                ));
            }
        }
    }

    fn imports_parameters(&self, reference: &Expr) -> bool {
        let root = reference.root().unwrap_or_default();
        let import = self.module.imports.get(root);
        import.is_some_and(|path| path.get(1).is_some_and(|step| step == "parameters"))
    }

    fn check_parameter(&mut self, reference: &Expr) {
        let path = self.module.data_path(reference).unwrap_or_default();
        let [first, rest @ ..] = path.as_slice() else { return };
        if first != "parameters" {
            return;
        }
        let rule = self.module.rule.as_ref();
        let declared = |name: &String| rule.is_some_and(|rule| rule.parameters.contains_key(name));
        if !rest.first().is_some_and(declared) {
            self.errors.push(self.module.error(
                reference.start(),
                format!("the parameter `data.{}` is not declared", path.join(".")),
                "declare it, with its JSON Schema, under `parameters` in METADATA",
            ));
        }
    }

    /// A comparison with a text that the value can never be does not hold, silently.
    fn check_comparison(&mut self, expr: &Expr, variables: &Variables<'s>) {
        let Expr::BoolExpr { lhs, rhs, .. } = expr else { return };
        for (value, literal) in [(lhs, rhs), (rhs, lhs)] {
            let Some(text) = literal.as_text() else { continue };
            let Some(texts) = self.flow.shape(self.module, value, variables).texts() else {
                continue;
            };
            if !texts.contains(&text) {
                let found = suggest::nearest(text, texts.iter().copied());
                let help = found.map_or_else(
                    || format!("it is one of `{}`", texts.join("`, `")),
                    |found| format!("did you mean `{found}`?"),
                );
                let message = format!("the value is never `{text}`");
                self.errors.push(self.module.error(literal.start(), message, help));
            }
        }
    }

    /// As with `input` in a negated call: where `x.y` may be absent, engines disagree on
    /// `not f(x.y)`.
    fn check_negation(&mut self, statement: &Statement, variables: &Variables<'s>) {
        let Literal::NotExpr { expr } = &statement.literal else { return };
        let operands = negation::operands(expr).into_iter().map(Inside::Expr).collect();
        each_mention(operands, &mut |mention| {
            let Mention::Reference(reference) = mention else { return };
            if !reference.root().is_some_and(|root| variables.contains_key(root)) {
                return;
            }
            let walk = self.flow.walk(self.module, reference, variables);
            let sometimes = |shape: &&Shape<'s>| shape.nodes().iter().any(|node| !node.always);
            if let Some(node) = walk.passed.iter().find(sometimes).and_then(|s| s.nodes().first()) {
                self.errors.push(self.module.error(
                    reference.start(),
                    format!("`{}` may be absent; in a negated call, engines disagree", node.path),
                    "bind it first: `x := …`, and negate `f(x)`",
                ));
            }
        });
    }
}
