//! Negated calls of conftest policies, so that regorus finds what conftest does.
//!
//! Owns the text that regorus gets instead: what OPA evaluates before a `not` stands before it (see
//! `policy::negation`). Lines stay what they are; columns behind a negation do not. Must not know
//! what a policy is about.
//!
//! `not startswith(input.a, "b")` → `taken_out_1 := input.a; not startswith(input.a, "b")`

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::policy::ast::walk::{Inside, each_statement};
use crate::policy::ast::{Expr, Literal, Policy, Rule as AstRule, Span, Statement};
use crate::policy::bundle::PolicyFile;
use crate::policy::error::{LoadError, LoadErrors, PolicyPlace};
use crate::policy::negation;

/// What the variables begin with.
const VARIABLE: &str = "taken_out_";

/// The policies that regorus would read otherwise than OPA, as it has to get them; none where it
/// reads all of them alike.
pub(super) fn rewritten(policies: &[Policy]) -> Result<Option<Vec<PolicyFile>>, LoadErrors> {
    let (mut files, mut errors, mut changed) = (Vec::new(), Vec::new(), false);
    for policy in policies {
        let mut edits = Edits::new(policy, policies);
        policy.ast.rules.iter().for_each(|rule| edits.add_rule(rule));
        changed |= !edits.inserted.is_empty();
        files.push(PolicyFile { path: policy.source.file.clone(), text: edits.text() });
        errors.append(&mut edits.errors);
    }
    LoadErrors::result(errors)?;
    Ok(changed.then_some(files))
}

/// What is to be inserted into a policy.
struct Edits<'p> {
    policy: &'p Policy,
    /// What is no variable of a body: rules of the package, and imports.
    names: BTreeSet<&'p str>,
    /// By the byte that they go before.
    inserted: BTreeMap<usize, String>,
    /// What was taken out, and so stands twice.
    taken_out: Vec<Span>,
    errors: Vec<LoadError>,
}

impl<'p> Edits<'p> {
    fn new(policy: &'p Policy, policies: &'p [Policy]) -> Self {
        let package = policy.package_name();
        let same = policies.iter().filter(|other| other.package_name() == package);
        let mut names: BTreeSet<_> =
            same.flat_map(|policy| &policy.ast.rules).map(AstRule::name).collect();
        for import in &policy.ast.imports {
            names.extend(import.alias.map(|alias| text_of(policy, alias)));
            names.extend(import.refr.fixed_steps().last().copied());
        }
        let (inserted, taken_out, errors) = Default::default();
        Self { policy, names, inserted, taken_out, errors }
    }

    fn add_rule(&mut self, rule: &AstRule) {
        // `… if not f(x)` has a body of one statement, and needs brackets for two.
        let bare: BTreeSet<_> = match rule {
            AstRule::Spec { bodies, .. } => {
                let spans = bodies.iter().map(|body| body.query.span);
                let bare = spans.filter(|span| !text_of(self.policy, *span).starts_with('{'));
                bare.map(|span| span.start).collect()
            }
            AstRule::Default { .. } => BTreeSet::new(),
        };
        each_statement(rule.inside(), &mut |statement| {
            if let Literal::NotExpr { expr } = &statement.literal {
                self.add(statement, expr, bare.contains(&statement.span.start));
            }
        });
    }

    fn add(&mut self, statement: &Statement, negated: &Expr, is_bare: bool) {
        let operands = negation::operands(negated).into_iter();
        let operands: Vec<_> = operands.filter(|operand| self.is_taken_out(operand)).collect();
        if operands.is_empty() {
            return;
        }
        if let Some(fault) = fault_of(statement, &operands) {
            self.refuse(statement, fault);
            return;
        }
        let mut text = String::from(if is_bare { "{ " } else { "" });
        for operand in operands {
            let span = operand.span();
            self.taken_out.push(span);
            let number = self.taken_out.len();
            let _ = write!(text, "{VARIABLE}{number} := {}; ", text_of(self.policy, span));
        }
        self.inserted.insert(statement.span.start, text);
        if is_bare {
            self.inserted.insert(self.end_of(statement), " }".to_owned());
        }
        // What is inside of it would have to be taken out there, too.
        let span = statement.span;
        let inner = |taken: &Span| taken.start < span.start && span.start < taken.end;
        if self.taken_out.iter().any(inner) {
            self.refuse(statement, "stands inside of another one");
        }
    }

    /// Whether OPA takes an operand out: what a body binds is there anyway.
    fn is_taken_out(&self, operand: &Expr) -> bool {
        operand.as_var().is_none_or(|name| self.names.contains(name))
    }

    /// The byte after a statement; regorus ends a text before its closing quote.
    fn end_of(&self, statement: &Statement) -> usize {
        let end = statement.span.end;
        let quote = self.policy.source.contents.get(end..).unwrap_or_default();
        if quote.starts_with(['"', '`']) { end + 1 } else { end }
    }

    fn refuse(&mut self, statement: &Statement, fault: &str) {
        let source = &self.policy.source;
        let place = PolicyPlace::of_byte(&source.file, &source.contents, statement.span.start);
        let message = format!("a negated call {fault}, which is not read as OPA does");
        let help = "bind what it is called with before it: `x := …`, and negate `f(x)`";
        self.errors.push(LoadError::new(place, message, help));
    }

    fn text(&self) -> String {
        let contents = &self.policy.source.contents;
        let (mut text, mut at) = (String::new(), 0);
        for (&byte, inserted) in &self.inserted {
            text += contents.get(at..byte).unwrap_or_default();
            text += inserted;
            at = byte;
        }
        text + contents.get(at..).unwrap_or_default()
    }
}

/// Why a statement cannot be rewritten.
fn fault_of(statement: &Statement, operands: &[&Expr]) -> Option<&'static str> {
    if !statement.with_mods.is_empty() {
        return Some("has a `with`");
    }
    let open = operands.iter().any(|operand| goes_through_a_collection(operand));
    open.then_some("goes through a collection with `_`")
}

/// Whether `_` stands in the expression, for which OPA binds nothing. In a comprehension it does.
fn goes_through_a_collection(expr: &Expr) -> bool {
    match expr {
        Expr::ArrayCompr { .. } | Expr::SetCompr { .. } | Expr::ObjectCompr { .. } => false,
        Expr::Var(_) => expr.as_var() == Some("_"),
        other => other.inside().into_iter().any(|inside| match inside {
            Inside::Expr(expr) => goes_through_a_collection(expr),
            Inside::Query(_) => false,
        }),
    }
}

fn text_of(policy: &Policy, span: Span) -> &str {
    policy.source.contents.get(span.start..span.end).unwrap_or_default()
}
