//! The flow of values: what is known of the shape of each, from `input` and the tables through
//! variables, functions and rules.
//!
//! Owns the inference. Must not complain about anything. `some file in input.pool.ignition.files`
//! makes `file` a File; a call `_is_bad(file)` makes the function's argument one.

use std::collections::BTreeMap;

use serde_json::Value;

use super::program::{Module, Program, Target};
use super::schema::{Shape, Step};
use crate::policy::ast::walk::{Inside, Mention, each_mention, each_statement};
use crate::policy::ast::{Expr, Head, Literal, Rule as AstRule, Statement};

/// How often shapes are followed through calls; each round goes one call further.
const ROUNDS: usize = 6;

/// The schemas of what policies read.
pub(super) struct Schemas {
    /// Of `input`.
    pub(super) facts: Value,
    /// Of `data.rollgate_tables`.
    pub(super) tables: Value,
    /// Of what `image.file` answers.
    pub(super) file: Value,
}

/// A function or rule, by package and name.
type Name = (String, String);

/// The shapes of the variables of one rule.
pub(super) type Variables<'s> = BTreeMap<String, Shape<'s>>;

/// What is known of values, as it goes from one rule to the other.
pub(super) struct Flow<'s, 'a> {
    program: &'s Program<'a>,
    schemas: &'s Schemas,
    arguments: BTreeMap<Name, Vec<Shape<'s>>>,
    results: BTreeMap<Name, Shape<'s>>,
}

impl<'s, 'a> Flow<'s, 'a> {
    /// Follows the values of a program until nothing more is learnt.
    pub(super) fn of(program: &'s Program<'a>, schemas: &'s Schemas) -> Self {
        let (arguments, results) = (BTreeMap::new(), BTreeMap::new());
        let mut flow = Self { program, schemas, arguments, results };
        for _ in 0..ROUNDS {
            let before = (flow.arguments.clone(), flow.results.clone());
            flow.follow();
            if before == (flow.arguments.clone(), flow.results.clone()) {
                break;
            }
        }
        flow
    }

    /// Goes through every rule once.
    fn follow(&mut self) {
        for module in self.program.modules.iter().filter(|module| !module.is_test()) {
            for rule in &module.policy.ast.rules {
                let variables = self.variables(module, rule);
                let name = (module.package.name.clone(), rule.name().to_owned());
                let result = self.result(module, rule, &variables);
                let known = self.results.remove(&name).unwrap_or(Shape::Unseen);
                self.results.insert(name, known.or(result));
                each_mention(rule.inside(), &mut |mention| {
                    if let Mention::Call { function, arguments } = mention {
                        self.pass(module, function, arguments, &variables);
                    }
                });
            }
        }
    }

    /// Hands the shapes of arguments to a function.
    fn pass(
        &mut self,
        module: &'s Module<'_>,
        function: &Expr,
        arguments: &[Expr],
        variables: &Variables<'s>,
    ) {
        let Some(name) = self.definition(module, function) else { return };
        let shapes = arguments.iter().map(|argument| self.shape(module, argument, variables));
        let shapes: Vec<_> = shapes.collect();
        let known = self.arguments.entry(name).or_default();
        known.resize(known.len().max(shapes.len()), Shape::Unseen);
        for (known, shape) in known.iter_mut().zip(shapes) {
            *known = std::mem::replace(known, Shape::Unseen).or(shape);
        }
    }

    fn definition(&self, module: &Module<'_>, reference: &Expr) -> Option<Name> {
        match self.program.target(&module.data_path(reference)?) {
            Target::Definition { module, name, .. } => Some((module.package.name.clone(), name)),
            _ => None,
        }
    }

    /// What is known of the variables of a rule.
    pub(super) fn variables(&self, module: &'s Module<'_>, rule: &AstRule) -> Variables<'s> {
        let mut variables = Variables::new();
        if let AstRule::Spec { head: Head::Func { args, .. }, .. } = rule {
            let name = (module.package.name.clone(), rule.name().to_owned());
            let shapes = self.arguments.get(&name).into_iter().flatten();
            for (argument, shape) in args.iter().zip(shapes) {
                bind(argument, shape.clone(), &mut variables);
            }
        }
        // The order of statements does not matter to Rego; each pass knows more variables.
        for _ in 0..ROUNDS {
            let before = variables.clone();
            each_statement(rule.inside(), &mut |statement| {
                let Some((pattern, shape)) = self.binding(module, statement, &variables) else {
                    return;
                };
                match pattern {
                    Pattern::Expr(expr) => bind(expr, shape, &mut variables),
                    Pattern::Name(name) => add(name, shape, &mut variables),
                }
            });
            if before == variables {
                break;
            }
        }
        variables
    }

    fn binding<'e>(
        &self,
        module: &'s Module<'_>,
        statement: &'e Statement,
        variables: &Variables<'s>,
    ) -> Option<(Pattern<'e>, Shape<'s>)>
    where
        's: 'e,
    {
        let member = |collection| {
            let shape = self.shape(module, collection, variables).step(Step::Any);
            shape.unwrap_or(Shape::Anything)
        };
        match &statement.literal {
            Literal::SomeIn { value, collection, .. } => {
                Some((Pattern::Expr(value), member(collection)))
            }
            Literal::Every { value, domain, .. } => {
                Some((Pattern::Name(module.text(value.start, value.end)), member(domain)))
            }
            Literal::Expr { expr: Expr::AssignExpr { lhs, rhs, .. } } => {
                Some((Pattern::Expr(lhs), self.shape(module, rhs, variables)))
            }
            _ => None,
        }
    }

    fn result(
        &self,
        module: &'s Module<'_>,
        rule: &AstRule,
        variables: &Variables<'s>,
    ) -> Shape<'s> {
        let shape = |expr: &Expr| self.shape(module, expr, variables);
        let AstRule::Spec { head, bodies, .. } = rule else { return Shape::Anything };
        let assigned = match head {
            Head::Set { key, .. } => {
                return Shape::Collection(Box::new(key.as_ref().map_or(Shape::Anything, shape)));
            }
            Head::Compr { refr: Expr::RefBrack { .. }, assign } => {
                let member = assign.as_ref().map_or(Shape::Anything, |a| shape(&a.value));
                return Shape::Collection(Box::new(member));
            }
            Head::Compr { assign, .. } | Head::Func { assign, .. } => assign,
        };
        let others = bodies.iter().filter_map(|body| body.assign.as_ref());
        let values = assigned.iter().chain(others).map(|assign| shape(&assign.value));
        values.reduce(Shape::or).unwrap_or(Shape::Anything)
    }

    /// What is known of an expression.
    pub(super) fn shape(
        &self,
        module: &'s Module<'_>,
        expr: &Expr,
        variables: &Variables<'s>,
    ) -> Shape<'s> {
        let shape = |expr: &Expr| self.shape(module, expr, variables);
        let all = |items: &[Expr]| items.iter().map(shape).reduce(Shape::or);
        match expr {
            Expr::Var(_) | Expr::RefDot { .. } | Expr::RefBrack { .. } => {
                self.walk(module, expr, variables).end
            }
            Expr::Call { fcn, params, .. } => match self.definition(module, fcn) {
                Some(name) => self.results.get(&name).cloned().unwrap_or(Shape::Unseen),
                None => self.builtin(module, &fcn.fixed_steps().join("."), params, variables),
            },
            Expr::Array { items, .. } | Expr::Set { items, .. } => {
                Shape::Collection(Box::new(all(items).unwrap_or(Shape::Unseen)))
            }
            Expr::ArrayCompr { term, .. } | Expr::SetCompr { term, .. } => {
                Shape::Collection(Box::new(shape(term)))
            }
            Expr::ObjectCompr { value, .. } => Shape::Collection(Box::new(shape(value))),
            Expr::BinExpr { lhs, rhs, .. } => shape(lhs).or(shape(rhs)),
            _ => Shape::Anything,
        }
    }

    fn builtin(
        &self,
        module: &'s Module<'_>,
        name: &str,
        arguments: &[Expr],
        variables: &Variables<'s>,
    ) -> Shape<'s> {
        let shape = |expr: &Expr| self.shape(module, expr, variables);
        match (name, arguments) {
            ("object.get", [object, key, default]) => {
                let found = key.as_text().and_then(|key| shape(object).step(Step::Name(key)));
                found.map_or(Shape::Anything, |found| match default {
                    Expr::Array { items, .. } | Expr::Set { items, .. } if items.is_empty() => {
                        found
                    }
                    Expr::Object { fields, .. } if fields.is_empty() => found,
                    _ => Shape::Anything,
                })
            }
            ("image.file", _) => Shape::root("image.file(_)", &self.schemas.file),
            ("image.files", _) => {
                Shape::Collection(Box::new(Shape::root("image.files(_)[_]", &self.schemas.file)))
            }
            ("array.concat", [one, other]) => shape(one).or(shape(other)),
            ("sort" | "array.reverse", [list]) => shape(list),
            _ => Shape::Anything,
        }
    }

    /// Follows a reference: what it leads to, and where it leads nowhere.
    pub(super) fn walk<'e>(
        &self,
        module: &'s Module<'_>,
        reference: &'e Expr,
        variables: &Variables<'s>,
    ) -> Walk<'e, 's>
    where
        's: 'e,
    {
        let (mut shape, steps) = self.start(module, reference, variables);
        let mut passed = Vec::new();
        for (step, expr) in steps {
            let Some(next) = shape.step(step) else {
                let dead_end = Some(DeadEnd { step, expr, before: shape });
                return Walk { passed, end: Shape::Anything, dead_end };
            };
            passed.push(next.clone());
            shape = next;
        }
        Walk { passed, end: shape, dead_end: None }
    }

    /// The shape that a reference begins with, and the steps from there.
    fn start<'e>(
        &self,
        module: &'s Module<'_>,
        reference: &'e Expr,
        variables: &Variables<'s>,
    ) -> (Shape<'s>, Vec<ReferenceStep<'e>>)
    where
        's: 'e,
    {
        let (root, steps) = steps_of(reference);
        let Some(name) = root.as_var() else {
            return (self.shape(module, root, variables), steps);
        };
        if let Some(shape) = variables.get(name) {
            return (shape.clone(), steps);
        }
        if name == "input" {
            return (Shape::root("input", &self.schemas.facts), steps);
        }
        let Some(path) = module.data_path(reference) else { return (Shape::Unseen, Vec::new()) };
        let (shape, used) = self.in_data(module, &path);
        let steps = module.steps_behind(name).map(|step| (Step::Name(step), root)).chain(steps);
        (shape, steps.skip(used).collect())
    }

    /// The shape at the beginning of a path below `data`, and how many steps lead there.
    fn in_data(&self, module: &'s Module<'_>, path: &[String]) -> (Shape<'s>, usize) {
        match self.program.target(path) {
            Target::Tables => (Shape::root("data.rollgate_tables", &self.schemas.tables), 1),
            Target::Parameters => {
                let name = path.get(1).map(String::as_str).unwrap_or_default();
                let schema = module.rule.as_ref().and_then(|rule| rule.parameters.get(name));
                let shape =
                    schema.map(|schema| Shape::root(&format!("data.parameters.{name}"), schema));
                (shape.unwrap_or(Shape::Unseen), 2)
            }
            Target::Definition { module: other, name, .. } => {
                let name = (other.package.name.clone(), name);
                (self.results.get(&name).cloned().unwrap_or(Shape::Unseen), 4)
            }
            Target::Package | Target::Nothing => (Shape::Unseen, path.len()),
        }
    }
}

/// A step of a reference, and the part of it that ends there.
pub(super) type ReferenceStep<'e> = (Step<'e>, &'e Expr);

/// Where a reference leads.
pub(super) struct Walk<'e, 's> {
    /// The shapes on the way.
    pub(super) passed: Vec<Shape<'s>>,
    /// The last of them.
    pub(super) end: Shape<'s>,
    /// The step that leads nowhere, if one does.
    pub(super) dead_end: Option<DeadEnd<'e, 's>>,
}

/// A step that leads nowhere.
pub(super) struct DeadEnd<'e, 's> {
    pub(super) step: Step<'e>,
    pub(super) expr: &'e Expr,
    pub(super) before: Shape<'s>,
}

/// What a reference begins with, and its steps.
fn steps_of(reference: &Expr) -> (&Expr, Vec<ReferenceStep<'_>>) {
    let (mut expr, mut steps) = (reference, Vec::new());
    loop {
        let (inner, step) = match expr {
            Expr::RefDot { refr, field, .. } => {
                (&**refr, field.1.as_str().map_or(Step::Any, Step::Name))
            }
            Expr::RefBrack { refr, index, .. } => {
                (&**refr, index.as_text().map_or(Step::Any, Step::Name))
            }
            _ => break,
        };
        steps.push((step, expr));
        expr = inner;
    }
    steps.reverse();
    (expr, steps)
}

/// What a value is bound to.
enum Pattern<'a> {
    Expr(&'a Expr),
    Name(&'a str),
}

fn bind<'s>(pattern: &Expr, shape: Shape<'s>, variables: &mut Variables<'s>) {
    if let Some(name) = pattern.as_var() {
        add(name, shape, variables);
        return;
    }
    // The parts of a pattern are not followed.
    each_mention(vec![Inside::Expr(pattern)], &mut |mention| {
        if let Mention::Reference(reference) = mention
            && let Some(name) = reference.as_var()
        {
            add(name, Shape::Anything, variables);
        }
    });
}

fn add<'s>(name: &str, shape: Shape<'s>, variables: &mut Variables<'s>) {
    let known = variables.remove(name).unwrap_or(Shape::Unseen);
    variables.insert(name.to_owned(), known.or(shape));
}
