//! Ways through the syntax tree: every expression, statement, call and reference.
//!
//! Owns what stands directly inside of what. Must not judge anything.
//!
//! `count(input.pool.extensions) > 0` mentions a call of `count` and the reference
//! `input.pool.extensions`.

use super::{Expr, Head, Literal, Policy, Query, Rule, Statement};

/// A place where an expression names something.
pub(in crate::policy) enum Mention<'a> {
    /// A call of a function.
    Call { function: &'a Expr, arguments: &'a [Expr] },
    /// A variable, or a reference with all of its steps.
    Reference(&'a Expr),
}

/// What stands directly inside an expression.
pub(in crate::policy) enum Inside<'a> {
    Expr(&'a Expr),
    Query(&'a Query),
}

impl Policy {
    /// Every reference into `input`, in heads as well.
    pub(in crate::policy) fn each_input<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        for rule in &self.ast.rules {
            let mut inside = rule.inside();
            inside.push(Inside::Expr(rule.refr()));
            each_mention(inside, &mut |mention| match mention {
                Mention::Reference(reference) if reference.root() == Some("input") => {
                    visit(reference);
                }
                _ => {}
            });
        }
    }
}

impl Rule {
    /// The expressions and queries of the rule, head first.
    pub(in crate::policy) fn inside(&self) -> Vec<Inside<'_>> {
        let mut inside = Vec::new();
        match self {
            Self::Default { value, .. } => inside.push(Inside::Expr(value)),
            Self::Spec { head, bodies, .. } => {
                inside.extend(head.inside().into_iter().map(Inside::Expr));
                for body in bodies {
                    inside.extend(body.assign.iter().map(|assign| Inside::Expr(&assign.value)));
                    inside.push(Inside::Query(&body.query));
                }
            }
        }
        inside
    }
}

impl Head {
    fn inside(&self) -> Vec<&Expr> {
        match self {
            Self::Compr { refr, assign } => {
                let key = match refr {
                    Expr::RefBrack { index, .. } => Some(&**index),
                    _ => None,
                };
                key.into_iter().chain(assign.iter().map(|assign| &assign.value)).collect()
            }
            Self::Set { key, .. } => key.iter().collect(),
            Self::Func { args, assign, .. } => {
                args.iter().chain(assign.iter().map(|assign| &assign.value)).collect()
            }
        }
    }
}

impl Statement {
    /// The expressions and queries of the statement, `with` included.
    pub(in crate::policy) fn inside(&self) -> Vec<Inside<'_>> {
        let mut inside = match &self.literal {
            Literal::SomeVars { .. } => Vec::new(),
            Literal::SomeIn { key, value, collection } => {
                let exprs = key.iter().chain([value, collection]);
                exprs.map(Inside::Expr).collect()
            }
            Literal::Expr { expr } | Literal::NotExpr { expr } => vec![Inside::Expr(expr)],
            Literal::Every { domain, query, .. } => {
                vec![Inside::Expr(domain), Inside::Query(query)]
            }
        };
        for with in &self.with_mods {
            inside.extend([Inside::Expr(&with.refr), Inside::Expr(&with.value)]);
        }
        inside
    }
}

impl Expr {
    /// What stands directly inside.
    pub(in crate::policy) fn inside(&self) -> Vec<Inside<'_>> {
        match self {
            Self::String(_)
            | Self::RawString(_)
            | Self::Number(_)
            | Self::Bool(_)
            | Self::Null(_)
            | Self::Var(_) => Vec::new(),
            Self::Array { items, .. } | Self::Set { items, .. } => {
                items.iter().map(Inside::Expr).collect()
            }
            Self::Object { fields, .. } => {
                fields.iter().flat_map(|(_, key, value)| [key, value]).map(Inside::Expr).collect()
            }
            Self::ArrayCompr { term, query, .. } | Self::SetCompr { term, query, .. } => {
                vec![Inside::Query(query), Inside::Expr(term)]
            }
            Self::ObjectCompr { key, value, query, .. } => {
                vec![Inside::Query(query), Inside::Expr(key), Inside::Expr(value)]
            }
            Self::Call { fcn, params, .. } => {
                std::iter::once(&**fcn).chain(params).map(Inside::Expr).collect()
            }
            Self::UnaryExpr { expr, .. } => vec![Inside::Expr(expr)],
            Self::RefDot { refr, .. } => vec![Inside::Expr(refr)],
            Self::RefBrack { refr, index, .. } => vec![Inside::Expr(refr), Inside::Expr(index)],
            Self::BinExpr { lhs, rhs, .. }
            | Self::BoolExpr { lhs, rhs, .. }
            | Self::ArithExpr { lhs, rhs, .. }
            | Self::AssignExpr { lhs, rhs, .. } => vec![Inside::Expr(lhs), Inside::Expr(rhs)],
            Self::Membership { key, value, collection, .. } => {
                let exprs = key.iter().map(|key| &**key).chain([&**value, &**collection]);
                exprs.map(Inside::Expr).collect()
            }
        }
    }

    /// What a reference holds beside its fixed steps: keys, and a root that is no variable.
    fn beside_the_reference(&self) -> Vec<Inside<'_>> {
        let (mut expr, mut inside) = (self, Vec::new());
        loop {
            match expr {
                Self::RefDot { refr, .. } => expr = refr,
                Self::RefBrack { refr, index, .. } => {
                    inside.push(Inside::Expr(index));
                    expr = refr;
                }
                Self::Var(_) => return inside,
                root => {
                    inside.push(Inside::Expr(root));
                    return inside;
                }
            }
        }
    }

    /// Whether the value is there whatever the input: a comprehension, or a literal of literals.
    pub(in crate::policy) fn is_always_defined(&self) -> bool {
        if let Self::ArrayCompr { .. } | Self::SetCompr { .. } | Self::ObjectCompr { .. } = self {
            return true;
        }
        let mut literal = true;
        each_mention(vec![Inside::Expr(self)], &mut |_| literal = false);
        literal
    }
}

/// Every expression in these, outer before inner.
pub(in crate::policy) fn each_inside<'a>(inside: Vec<Inside<'a>>, visit: &mut dyn FnMut(&'a Expr)) {
    for part in inside {
        match part {
            Inside::Expr(expr) => {
                visit(expr);
                each_inside(expr.inside(), visit);
            }
            Inside::Query(query) => {
                for statement in &query.stmts {
                    each_inside(statement.inside(), visit);
                }
            }
        }
    }
}

/// Every call and every whole reference in these, outer before inner.
pub(in crate::policy) fn each_mention<'a>(
    inside: Vec<Inside<'a>>,
    visit: &mut dyn FnMut(Mention<'a>),
) {
    for part in inside {
        match part {
            Inside::Expr(Expr::Call { fcn, params, .. }) => {
                visit(Mention::Call { function: fcn, arguments: params });
                each_mention(params.iter().map(Inside::Expr).collect(), visit);
            }
            Inside::Expr(expr) => {
                let mut rest = expr.inside();
                if matches!(expr, Expr::Var(_) | Expr::RefDot { .. } | Expr::RefBrack { .. }) {
                    visit(Mention::Reference(expr));
                    rest = expr.beside_the_reference();
                }
                each_mention(rest, visit);
            }
            Inside::Query(query) => {
                for statement in &query.stmts {
                    each_mention(statement.inside(), visit);
                }
            }
        }
    }
}

/// Every statement in these, outer before inner.
pub(in crate::policy) fn each_statement<'a>(
    inside: Vec<Inside<'a>>,
    visit: &mut dyn FnMut(&'a Statement),
) {
    for part in inside {
        match part {
            Inside::Expr(expr) => each_statement(expr.inside(), visit),
            Inside::Query(query) => {
                for statement in &query.stmts {
                    visit(statement);
                    each_statement(statement.inside(), visit);
                }
            }
        }
    }
}
