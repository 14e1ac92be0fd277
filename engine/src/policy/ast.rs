//! The syntax tree of a policy, as regorus hands it out in JSON.
//!
//! Owns the types and the ways to walk them. Must not judge anything. Positions are bytes of the
//! file: regorus counts a tab as four columns, and puts an operator's column on the operator.
//!
//! `count(input.pool.extensions) > 0` is a `BoolExpr` over a `Call` of `Var(count)` and a number.

use serde::Deserialize;
use serde_json::Value;

/// One policy file.
#[derive(Debug, Deserialize)]
pub(super) struct Policy {
    pub(super) source: Source,
    pub(super) ast: Module,
}

#[derive(Debug, Deserialize)]
pub(super) struct Source {
    pub(super) file: String,
    pub(super) contents: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Module {
    pub(super) package: PackageClause,
    pub(super) imports: Vec<Import>,
    pub(super) rules: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
pub(super) struct PackageClause {
    pub(super) refr: Expr,
}

#[derive(Debug, Deserialize)]
pub(super) struct Import {
    pub(super) span: Span,
    pub(super) refr: Expr,
    #[serde(rename = "as")]
    pub(super) alias: Option<Span>,
}

/// The bytes of a node, end exclusive.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A rule or function, or one of its definitions.
#[derive(Debug, Deserialize)]
pub(super) enum Rule {
    Spec { span: Span, head: Head, bodies: Vec<Body> },
    Default { span: Span, refr: Expr, args: Vec<Expr>, value: Expr },
}

#[derive(Debug, Deserialize)]
pub(super) enum Head {
    /// `name := value`, `name[key] := value`, or `name` alone.
    Compr { refr: Expr, assign: Option<Assign> },
    /// `name contains key`
    Set { refr: Expr, key: Option<Expr> },
    /// `name(argument, …) := value`
    Func { refr: Expr, args: Vec<Expr>, assign: Option<Assign> },
}

#[derive(Debug, Deserialize)]
pub(super) struct Assign {
    pub(super) value: Expr,
}

#[derive(Debug, Deserialize)]
pub(super) struct Body {
    pub(super) assign: Option<Assign>,
    pub(super) query: Query,
}

#[derive(Debug, Deserialize)]
pub(super) struct Query {
    pub(super) stmts: Vec<Statement>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Statement {
    pub(super) literal: Literal,
    #[serde(default)]
    pub(super) with_mods: Vec<With>,
}

/// `with target as value`
#[derive(Debug, Deserialize)]
pub(super) struct With {
    pub(super) refr: Expr,
    #[serde(rename = "as")]
    pub(super) value: Expr,
}

#[derive(Debug, Deserialize)]
pub(super) enum Literal {
    SomeVars { vars: Vec<Span> },
    SomeIn { key: Option<Expr>, value: Expr, collection: Expr },
    Expr { expr: Expr },
    NotExpr { expr: Expr },
    Every { key: Option<Span>, value: Span, domain: Expr, query: Query },
}

#[derive(Debug, Deserialize)]
#[expect(clippy::enum_variant_names, reason = "they are called as regorus calls them")]
pub(super) enum Expr {
    String(Scalar),
    RawString(Scalar),
    Number(Scalar),
    Bool(Scalar),
    Null(Scalar),
    Var(Scalar),
    Array { span: Span, items: Vec<Self> },
    Set { span: Span, items: Vec<Self> },
    Object { span: Span, fields: Vec<(Span, Self, Self)> },
    ArrayCompr { span: Span, term: Box<Self>, query: Query },
    SetCompr { span: Span, term: Box<Self>, query: Query },
    ObjectCompr { span: Span, key: Box<Self>, value: Box<Self>, query: Query },
    Call { fcn: Box<Self>, params: Vec<Self> },
    UnaryExpr { span: Span, expr: Box<Self> },
    RefDot { refr: Box<Self>, field: (Span, Value) },
    RefBrack { refr: Box<Self>, index: Box<Self> },
    BinExpr { lhs: Box<Self>, rhs: Box<Self> },
    BoolExpr { lhs: Box<Self>, rhs: Box<Self> },
    ArithExpr { lhs: Box<Self>, rhs: Box<Self> },
    AssignExpr { op: AssignOp, lhs: Box<Self>, rhs: Box<Self> },
    Membership { key: Option<Box<Self>>, value: Box<Self>, collection: Box<Self> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum AssignOp {
    /// `=`
    Eq,
    /// `:=`
    ColEq,
}

#[derive(Debug, Deserialize)]
pub(super) struct Scalar {
    pub(super) span: Span,
    pub(super) value: Value,
}

/// A place where an expression names something.
pub(super) enum Mention<'a> {
    /// A call of a function.
    Call { function: &'a Expr, arguments: &'a [Expr] },
    /// A variable, or a reference with all of its steps.
    Reference(&'a Expr),
}

/// What stands directly inside an expression.
pub(super) enum Inside<'a> {
    Expr(&'a Expr),
    Query(&'a Query),
}

impl Policy {
    /// The package, as `rollgate.pool.paused_pool`.
    pub(super) fn package_name(&self) -> String {
        self.ast.package.refr.fixed_steps().join(".")
    }
}

impl Rule {
    /// The head's reference: the name, with brackets where it has keys.
    pub(super) const fn refr(&self) -> &Expr {
        match self {
            Self::Spec { head, .. } => match head {
                Head::Compr { refr, .. } | Head::Set { refr, .. } | Head::Func { refr, .. } => refr,
            },
            Self::Default { refr, .. } => refr,
        }
    }

    /// The rule's name: what its head begins with.
    pub(super) fn name(&self) -> &str {
        self.refr().root().unwrap_or_default()
    }

    /// The first byte.
    pub(super) const fn start(&self) -> usize {
        match self {
            Self::Spec { span, .. } | Self::Default { span, .. } => span.start,
        }
    }

    /// The expressions and queries of the rule, head first.
    pub(super) fn inside(&self) -> Vec<Inside<'_>> {
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
    pub(super) fn inside(&self) -> Vec<Inside<'_>> {
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
    /// The first byte. Where regorus' span begins at an operand's end, the operand's own is used.
    pub(super) fn start(&self) -> usize {
        match self {
            Self::String(scalar) | Self::RawString(scalar) => scalar.span.start.saturating_sub(1),
            Self::Number(scalar) | Self::Bool(scalar) | Self::Null(scalar) | Self::Var(scalar) => {
                scalar.span.start
            }
            Self::BinExpr { lhs, .. }
            | Self::BoolExpr { lhs, .. }
            | Self::ArithExpr { lhs, .. }
            | Self::AssignExpr { lhs, .. } => lhs.start(),
            Self::RefDot { refr, .. } | Self::RefBrack { refr, .. } => refr.start(),
            Self::Call { fcn, .. } => fcn.start(),
            Self::Membership { value, key, .. } => key.as_ref().unwrap_or(value).start(),
            Self::Array { span, .. }
            | Self::Set { span, .. }
            | Self::Object { span, .. }
            | Self::ArrayCompr { span, .. }
            | Self::SetCompr { span, .. }
            | Self::ObjectCompr { span, .. }
            | Self::UnaryExpr { span, .. } => span.start,
        }
    }

    /// The name of a variable.
    pub(super) fn as_var(&self) -> Option<&str> {
        match self {
            Self::Var(scalar) => scalar.value.as_str(),
            _ => None,
        }
    }

    /// The text of a string literal.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::String(scalar) | Self::RawString(scalar) => scalar.value.as_str(),
            _ => None,
        }
    }

    /// The variable that a reference begins with: `input` of `input.pool.name`.
    pub(super) fn root(&self) -> Option<&str> {
        let mut expr = self;
        while let Self::RefDot { refr, .. } | Self::RefBrack { refr, .. } = expr {
            expr = refr;
        }
        expr.as_var()
    }

    /// The steps of a reference that are known without evaluating it, up to the first that is not:
    /// `["input", "pool"]` of `input.pool[x].name`. Empty for what is no reference.
    pub(super) fn fixed_steps(&self) -> Vec<&str> {
        match self {
            Self::Var(_) => self.as_var().into_iter().collect(),
            Self::RefDot { refr, field, .. } => refr.extended(field.1.as_str()),
            Self::RefBrack { refr, index, .. } => refr.extended(index.as_text()),
            _ => Vec::new(),
        }
    }

    fn extended<'a>(&'a self, step: Option<&'a str>) -> Vec<&'a str> {
        let mut steps = self.fixed_steps();
        if steps.len() == self.length() {
            steps.extend(step);
        }
        steps
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

    /// How many steps a reference has, its root included.
    pub(super) fn length(&self) -> usize {
        let (mut expr, mut length) = (self, 1);
        while let Self::RefDot { refr, .. } | Self::RefBrack { refr, .. } = expr {
            (expr, length) = (refr, length + 1);
        }
        length
    }

    /// What is handed to calls and to `in`, where this is one of them or compares some.
    pub(super) fn operands_of_calls(&self) -> Vec<&Self> {
        match self {
            Self::Call { params, .. } => params.iter().collect(),
            Self::Membership { key, value, collection, .. } => {
                key.iter().map(|key| &**key).chain([&**value, &**collection]).collect()
            }
            Self::BoolExpr { lhs, rhs, .. } => {
                [lhs, rhs].into_iter().flat_map(|side| side.operands_of_calls()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether the value is there whatever the input: a comprehension, or a literal of literals.
    pub(super) fn is_always_defined(&self) -> bool {
        if let Self::ArrayCompr { .. } | Self::SetCompr { .. } | Self::ObjectCompr { .. } = self {
            return true;
        }
        let mut literal = true;
        each_mention(vec![Inside::Expr(self)], &mut |_| literal = false);
        literal
    }

    /// What stands directly inside.
    pub(super) fn inside(&self) -> Vec<Inside<'_>> {
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
}

/// Every expression in these, outer before inner.
pub(super) fn each_inside<'a>(inside: Vec<Inside<'a>>, visit: &mut dyn FnMut(&'a Expr)) {
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
pub(super) fn each_mention<'a>(inside: Vec<Inside<'a>>, visit: &mut dyn FnMut(Mention<'a>)) {
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
pub(super) fn each_statement<'a>(inside: Vec<Inside<'a>>, visit: &mut dyn FnMut(&'a Statement)) {
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
