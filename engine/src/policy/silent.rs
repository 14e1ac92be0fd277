//! When a rule finds nothing, told without evaluating it.
//!
//! Most rules look through one part of a subject, and most subjects have few of the parts. Owns
//! what the bodies of `deny` cannot do without: in `some unit in input.machine_config.ignition.units`
//! there must be some, in `input.pool.fips.value == true` it must be there. Only statements that
//! plainly need it count; a rule of which nothing is known is evaluated always.

use regorus::Value;
use rollgate_facts::SubjectKind;
use serde::{Deserialize, Serialize};

use super::ast::{AssignOp, Body, Expr, Head, Literal, Policy, Rule as AstRule, Statement};

/// What the facts must hold for a body of `deny` to find something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The path leads to something, whatever it is.
    There(String),
    /// The path leads to an array or an object that is not empty.
    Some(String),
}

impl Condition {
    fn is_met(&self, facts: &Value) -> bool {
        let at = |path: &str| path.split('.').fold(facts.clone(), |at, key| at[key].clone());
        match self {
            Self::There(path) => at(path) != Value::Undefined,
            Self::Some(path) => match at(path) {
                Value::Undefined => false,
                Value::Array(items) => !items.is_empty(),
                Value::Object(fields) => !fields.is_empty(),
                _ => true,
            },
        }
    }
}

/// Whether each body lacks something of these facts; false where nothing is known of a body.
pub(super) fn is_silent(bodies: &[Vec<Condition>], facts: &Value) -> bool {
    let lacks = |body: &Vec<Condition>| body.iter().any(|condition| !condition.is_met(facts));
    !bodies.is_empty() && bodies.iter().all(lacks)
}

/// The conditions of each body of `deny`; none at all where one has none.
pub(super) fn conditions(policy: &Policy, subject: SubjectKind) -> Vec<Vec<Condition>> {
    let mut all = Vec::new();
    for rule in policy.ast.rules.iter().filter(|rule| rule.name() == "deny") {
        let AstRule::Spec { head: Head::Set { .. }, bodies, .. } = rule else { return Vec::new() };
        if bodies.is_empty() {
            return Vec::new();
        }
        all.extend(bodies.iter().map(|body| of_body(body, subject)));
    }
    if all.iter().any(Vec::is_empty) { Vec::new() } else { all }
}

fn of_body(body: &Body, subject: SubjectKind) -> Vec<Condition> {
    let mut conditions = Vec::new();
    // What `with` replaces is not what the facts hold.
    let plain = |statement: &&Statement| statement.with_mods.is_empty();
    for statement in body.query.stmts.iter().filter(plain) {
        match &statement.literal {
            Literal::SomeIn { collection, .. } => {
                conditions.extend(path(collection, subject).map(Condition::Some));
            }
            Literal::Expr { expr } => of_expression(expr, subject, &mut conditions),
            Literal::SomeVars { .. } | Literal::NotExpr { .. } | Literal::Every { .. } => {}
        }
    }
    conditions
}

/// What an expression needs to have a value.
fn of_expression(expr: &Expr, subject: SubjectKind, conditions: &mut Vec<Condition>) {
    match expr {
        Expr::RefDot { .. } | Expr::RefBrack { .. } => {
            let whole = expr.fixed_steps().len() == expr.length();
            let condition = if whole { Condition::There } else { Condition::Some };
            conditions.extend(path(expr, subject).map(condition));
        }
        Expr::BoolExpr { lhs, rhs, .. } | Expr::ArithExpr { lhs, rhs, .. } => {
            of_expression(lhs, subject, conditions);
            of_expression(rhs, subject, conditions);
        }
        Expr::AssignExpr { op: AssignOp::ColEq, rhs, .. } => {
            of_expression(rhs, subject, conditions);
        }
        Expr::Membership { value, collection, .. } => {
            of_expression(value, subject, conditions);
            conditions.extend(path(collection, subject).map(Condition::Some));
        }
        _ => {}
    }
}

/// The fixed part of a path into the subject.
fn path(expr: &Expr, subject: SubjectKind) -> Option<String> {
    let steps = expr.fixed_steps();
    let inside = matches!(steps.as_slice(), ["input", kind, _, ..] if *kind == subject.key());
    let plain = steps.iter().all(|step| !step.contains('.'));
    (inside && plain).then(|| steps.get(1..).unwrap_or_default().join("."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::bundle::PolicyFile;
    use crate::policy::interpreter;

    fn of(bodies: &[&str]) -> Vec<Vec<Condition>> {
        let rules = bodies.iter().map(|body| format!("deny contains x if {{\n\t{body}\n}}\n"));
        let text = format!("package custom.a.b\n\n{}", rules.collect::<Vec<_>>().join("\n"));
        let file = PolicyFile { path: "a.rego".to_owned(), text };
        conditions(&interpreter::parse(&[file]).unwrap()[0], SubjectKind::Pool)
    }

    #[test]
    fn a_body_needs_what_it_plainly_asks_for() {
        let some = |path: &str| vec![vec![Condition::Some(path.to_owned())]];
        let there = |path: &str| vec![vec![Condition::There(path.to_owned())]];
        assert_eq!(of(&["some x in input.pool.units"]), some("pool.units"));
        assert_eq!(of(&["some y, x in input.pool.units"]), some("pool.units"));
        assert_eq!(of(&["x := input.pool.units[y].at"]), some("pool.units"));
        assert_eq!(of(&["x in input.pool.units"]), some("pool.units"));
        assert_eq!(of(&["x := input.pool.fips.at"]), there("pool.fips.at"));
        assert_eq!(of(&["input.pool.fips.value == false\n\tx := 1"]), there("pool.fips.value"));
        for unknown in [
            "not input.pool.fips.value\n\tx := 1",
            "every y in input.pool.units { y.a }\n\tx := 1",
            "x := count(input.pool.units)",
            "x := [y | some y in input.pool.units]",
            "x := input.pool.name with input.pool.name as 1",
            "x := input.target.release",
            "x := input.pool",
            "x := input.pool[\"a.b\"]",
            "x := data.parameters.units",
        ] {
            assert_eq!(of(&[unknown]), Vec::<Vec<_>>::new(), "{unknown}");
            assert_eq!(of(&["x := input.pool.fips", unknown]), Vec::<Vec<_>>::new(), "{unknown}");
        }
    }

    #[test]
    fn a_rule_is_silent_where_every_body_lacks_something() {
        let bodies = of(&["some x in input.pool.units", "x := input.pool.fips.value"]);
        let silent = |json: &str| is_silent(&bodies, &Value::from_json_str(json).unwrap());
        assert!(silent(r#"{"pool": {}}"#));
        assert!(silent(r#"{"pool": {"units": [], "fips": {}}}"#));
        assert!(silent(r#"{"pool": {"units": {}}}"#));
        assert!(!silent(r#"{"pool": {"units": [1]}}"#));
        assert!(!silent(r#"{"pool": {"fips": {"value": false}}}"#));
        assert!(!silent(r#"{"pool": {"fips": {"value": null}}}"#));
        assert!(!is_silent(&[], &Value::new_object()));
    }
}
