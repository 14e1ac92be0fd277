//! The syntax tree of a policy, as regorus hands it out in JSON.
//!
//! Owns the types, and what one node says of itself; `walk` goes through many. Must not judge
//! anything. Positions are bytes of the file: regorus counts a tab as four columns, and puts an
//! operator's column on the operator.
//!
//! `count(input.pool.extensions) > 0` is a `BoolExpr` over a `Call` of `Var(count)` and a number.

pub(super) mod walk;

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
    pub(super) span: Span,
    pub(super) stmts: Vec<Statement>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Statement {
    pub(super) span: Span,
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
    Call { span: Span, fcn: Box<Self>, params: Vec<Self> },
    UnaryExpr { span: Span, expr: Box<Self> },
    RefDot { span: Span, refr: Box<Self>, field: (Span, Value) },
    RefBrack { span: Span, refr: Box<Self>, index: Box<Self> },
    BinExpr { span: Span, lhs: Box<Self>, rhs: Box<Self> },
    BoolExpr { span: Span, op: BoolOp, lhs: Box<Self>, rhs: Box<Self> },
    ArithExpr { span: Span, lhs: Box<Self>, rhs: Box<Self> },
    AssignExpr { span: Span, op: AssignOp, lhs: Box<Self>, rhs: Box<Self> },
    Membership { span: Span, key: Option<Box<Self>>, value: Box<Self>, collection: Box<Self> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum AssignOp {
    /// `=`
    Eq,
    /// `:=`
    ColEq,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum BoolOp {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

#[derive(Debug, Deserialize)]
pub(super) struct Scalar {
    pub(super) span: Span,
    pub(super) value: Value,
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

    /// The bytes of a variable, reference or call; those of anything else may lack a bracket.
    pub(super) const fn span(&self) -> Span {
        match self {
            Self::String(scalar)
            | Self::RawString(scalar)
            | Self::Number(scalar)
            | Self::Bool(scalar)
            | Self::Null(scalar)
            | Self::Var(scalar) => scalar.span,
            Self::Array { span, .. }
            | Self::Set { span, .. }
            | Self::Object { span, .. }
            | Self::ArrayCompr { span, .. }
            | Self::SetCompr { span, .. }
            | Self::ObjectCompr { span, .. }
            | Self::Call { span, .. }
            | Self::UnaryExpr { span, .. }
            | Self::RefDot { span, .. }
            | Self::RefBrack { span, .. }
            | Self::BinExpr { span, .. }
            | Self::BoolExpr { span, .. }
            | Self::ArithExpr { span, .. }
            | Self::AssignExpr { span, .. }
            | Self::Membership { span, .. } => *span,
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

    /// How many steps a reference has, its root included.
    pub(super) fn length(&self) -> usize {
        let (mut expr, mut length) = (self, 1);
        while let Self::RefDot { refr, .. } | Self::RefBrack { refr, .. } = expr {
            (expr, length) = (refr, length + 1);
        }
        length
    }
}
