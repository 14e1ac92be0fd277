//! Which parts of the target a rule reads while it is evaluated.
//!
//! A rule that needs the release and the platform asks for neither where a MachineConfig holds none
//! of the paths that it looks for; what it says then holds for every target. Owns how that is
//! found out: in the text that the interpreter gets, `input.target.release` is
//! `the_target.release()`, a function of ours that answers the same and takes note. Places in the
//! text stay where they are, for both have one length. Must not know what targets are possible.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use regorus::{Engine, Value};

use super::ast::walk::{Inside, each_inside, each_statement};
use super::ast::{AssignOp, Expr, Head, Literal, Policy, Rule as AstRule};
use super::rule::Need;

/// The needs that are parts of the target, with their names there.
const PARTS: &[(Need, &str)] = &[
    (Need::Release, "release"),
    (Need::Stream, "stream"),
    (Need::Architecture, "architecture"),
    (Need::Platform, "platform"),
    (Need::Day, "day"),
];

/// The target of an evaluator, which notes what is read of it.
#[derive(Clone)]
pub(super) struct Watch(Arc<Mutex<State>>);

struct State {
    target: Value,
    read: BTreeSet<Need>,
}

/// Whether every part of the target that the policy reads can be noted: it is spelled
/// `input.target.release`, stands where a call may stand, and nothing replaces it.
pub(super) fn can_watch(policy: &Policy) -> bool {
    let mut noted = 0;
    let mut all = !policy.ast.rules.iter().any(has_pattern);
    policy.each_input(&mut |reference| match reference.fixed_steps().as_slice() {
        ["input", "target", _] => noted += 1,
        ["input"] | ["input", "target", ..] => all = false,
        _ => {}
    });
    let written = PARTS.iter().map(|(_, part)| policy.source.contents.matches(&read(part)).count());
    all && noted == written.sum::<usize>()
}

/// Whether `input` stands in the rule where no call may: in what is matched, or in a `with`.
fn has_pattern(rule: &AstRule) -> bool {
    let mut patterns: Vec<&Expr> = Vec::new();
    if let AstRule::Spec { head: Head::Func { args, .. }, .. } = rule {
        patterns.extend(args);
    }
    each_statement(rule.inside(), &mut |statement| {
        patterns.extend(statement.with_mods.iter().map(|with| &with.refr));
        if let Literal::SomeIn { key, value, .. } = &statement.literal {
            patterns.extend(key.iter().chain([value]));
        }
    });
    each_inside(rule.inside(), &mut |expr| match expr {
        Expr::AssignExpr { op: AssignOp::Eq, lhs, rhs, .. } => patterns.extend([&**lhs, &**rhs]),
        Expr::AssignExpr { lhs, .. } => patterns.push(lhs),
        _ => {}
    });
    let mut found = false;
    each_inside(patterns.into_iter().map(Inside::Expr).collect(), &mut |expr| {
        found |= expr.as_var() == Some("input");
    });
    found
}

/// The text of a policy that can be watched, as the interpreter gets it.
pub(super) fn watched(text: &str) -> String {
    let with = |text: String, (_, part): &(Need, &str)| text.replace(&read(part), &call(part));
    PARTS.iter().fold(text.to_owned(), with)
}

/// How policies read a part of the target.
fn read(part: &str) -> String {
    format!("input.target.{part}")
}

/// What stands for it; as long as that.
fn call(part: &str) -> String {
    format!("the_target.{part}()")
}

/// Of no target yet.
impl Default for Watch {
    fn default() -> Self {
        let state = State { target: Value::Undefined, read: BTreeSet::new() };
        Self(Arc::new(Mutex::new(state)))
    }
}

impl Watch {
    /// Answers the calls of this interpreter.
    pub(super) fn attach(&self, engine: &mut Engine) {
        for (need, part) in PARTS {
            let watch = self.clone();
            let answer = move |_: Vec<Value>| Ok(watch.answer(*need, part));
            // Fails only for a name that is taken; it is attached to an interpreter of its own.
            let _ = engine.add_extension(format!("the_target.{part}"), 0, Box::new(answer));
        }
    }

    /// Answers for another target from here on.
    pub(super) fn set(&self, target: Value) {
        self.state().target = target;
    }

    /// What was read since this was asked last.
    pub(super) fn take(&self) -> BTreeSet<Need> {
        std::mem::take(&mut self.state().read)
    }

    fn answer(&self, need: Need, part: &str) -> Value {
        let mut state = self.state();
        state.read.insert(need);
        state.target[part].clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::bundle::PolicyFile;
    use crate::policy::interpreter;

    fn watchable(body: &str) -> bool {
        let text = format!("package custom.a.b\n\ndeny contains x if {{\n\t{body}\n}}\n");
        let file = PolicyFile { path: "a.rego".to_owned(), text };
        can_watch(&interpreter::parse(&[file]).unwrap()[0])
    }

    #[test]
    fn only_what_reads_the_target_plainly_is_watched() {
        for plain in [
            "x := input.target.release",
            "not input.target.day == 1",
            "some x in data.rollgate_tables.a[input.target.release][input.target.stream]",
            "x := input.pool.name",
        ] {
            assert!(watchable(plain), "{plain}");
        }
        for other in [
            "x := input",
            "x := input.target",
            "x := input[input.pool.name]",
            "x := input.target[\"release\"]",
            "x := [input.target.release, \"input.target.release\"]",
            "x := input.target.release # input.target.stream",
            "x := input.target.release with input.target.release as \"4.20\"",
            "x := true with input.target as {}",
            "[x, input.target.release] = data.a",
            "some input.target.release, x in data.a",
        ] {
            assert!(!watchable(other), "{other}");
        }
    }

    #[test]
    fn the_text_keeps_its_places() {
        for (_, part) in PARTS {
            assert_eq!(read(part).len(), call(part).len());
        }
        assert_eq!(watched("x := input.target.day + 1"), "x := the_target.day() + 1");
    }
}
