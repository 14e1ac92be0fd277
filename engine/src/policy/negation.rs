//! Negations: what OPA evaluates before a `not`, and regorus inside of it.
//!
//! OPA takes the operands of calls, operators and indexes out of a negation, so that
//! `not startswith(input.name, "a")` holds nothing where there is no name. To regorus the whole call
//! is undefined then, and its negation true. Both agree on `not input.name`, and on
//! `not input.name == "a"`. Owns which operands those are (OPA `ast/compile.go`, `rewriteDynamics`).
//!
//! `not f(g(input.a))` → `g(input.a)`; `not input.a[input.b] == 1` → `input.b`.

use super::ast::{BoolOp, Expr};

/// The references, variables and calls that OPA evaluates before it negates this, outermost first.
pub(super) fn operands(negated: &Expr) -> Vec<&Expr> {
    let mut found = Vec::new();
    match negated {
        Expr::Call { params, .. } => {
            for operand in params {
                taken_out(operand, &mut found);
            }
        }
        Expr::BoolExpr { op: BoolOp::Eq, lhs, rhs, .. } | Expr::AssignExpr { lhs, rhs, .. } => {
            left_in(lhs, &mut found);
            left_in(rhs, &mut found);
        }
        Expr::BoolExpr { .. } => below(negated, &mut found),
        other => left_in(other, &mut found),
    }
    found
}

/// A reference that is looked up where it stands: only what stands in its brackets is taken out.
fn left_in<'a>(expr: &'a Expr, found: &mut Vec<&'a Expr>) {
    match expr {
        Expr::Var(_) => {}
        Expr::RefDot { refr, .. } => left_in(refr, found),
        Expr::RefBrack { refr, index, .. } => {
            left_in(refr, found);
            taken_out(index, found);
        }
        other => taken_out(other, found),
    }
}

fn taken_out<'a>(expr: &'a Expr, found: &mut Vec<&'a Expr>) {
    match expr {
        Expr::Var(_) | Expr::RefDot { .. } | Expr::RefBrack { .. } | Expr::Call { .. } => {
            found.push(expr);
        }
        other => below(other, found),
    }
}

/// What stands in a literal, or on the sides of an operator. A comprehension is there whatever the
/// input.
fn below<'a>(expr: &'a Expr, found: &mut Vec<&'a Expr>) {
    match expr {
        Expr::Array { items, .. } | Expr::Set { items, .. } => {
            for item in items {
                taken_out(item, found);
            }
        }
        Expr::Object { fields, .. } => {
            for (_, key, value) in fields {
                taken_out(key, found);
                taken_out(value, found);
            }
        }
        Expr::UnaryExpr { expr, .. } => taken_out(expr, found),
        Expr::BinExpr { lhs, rhs, .. }
        | Expr::BoolExpr { lhs, rhs, .. }
        | Expr::ArithExpr { lhs, rhs, .. }
        | Expr::AssignExpr { lhs, rhs, .. } => {
            taken_out(lhs, found);
            taken_out(rhs, found);
        }
        Expr::Membership { key, value, collection, .. } => {
            if let Some(key) = key {
                taken_out(key, found);
            }
            taken_out(value, found);
            taken_out(collection, found);
        }
        _ => {}
    }
}
