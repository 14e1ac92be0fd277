//! Answers: what a rule said of what it reads, so that it is asked once for subjects that are alike.
//!
//! Must not know what a subject is, nor what an answer means.

use std::collections::BTreeMap;

use rollgate_facts::Target;

use crate::policy::{EvaluationError, Evaluator, Need, RawFinding, Reading, Rule};

/// What judges one case after the other.
pub(super) struct Judging<'p> {
    pub(super) evaluator: Evaluator,
    /// What each rule read last, and what it said of that.
    said: BTreeMap<&'p str, (Reading, Vec<Answer>)>,
}

/// What a rule said of what it reads in the present subject.
pub(super) struct Answers<'j> {
    evaluator: &'j mut Evaluator,
    said: &'j mut Vec<Answer>,
}

/// What a rule says of a subject for one target.
#[derive(Clone)]
pub(super) struct Answer {
    target: Target,
    /// The parts of the target that it rests on.
    pub(super) rests_on: Vec<Need>,
    pub(super) result: Result<Vec<RawFinding>, EvaluationError>,
}

impl<'p> Judging<'p> {
    pub(super) const fn new(evaluator: Evaluator) -> Self {
        Self { evaluator, said: BTreeMap::new() }
    }

    /// What the rule said so far of what it reads in the present subject.
    pub(super) fn answers(&mut self, rule: &'p Rule) -> Answers<'_> {
        let reading = self.evaluator.reading(rule);
        let (last, said) =
            self.said.entry(&rule.code).or_insert_with(|| (reading.clone(), Vec::new()));
        if *last != reading {
            *last = reading;
            said.clear();
        }
        Answers { evaluator: &mut self.evaluator, said }
    }
}

impl Answers<'_> {
    /// What the rule says for a target, unless it said that already for one that has the same of what
    /// its answer rests on.
    pub(super) fn to(&mut self, rule: &Rule, target: &Target) -> Answer {
        match self.said.iter().find(|answer| answer.holds_for(target)) {
            Some(answer) => answer.clone(),
            None => self.ask(rule, target),
        }
    }

    /// Asks the rule; what it says is remembered unless it failed.
    fn ask(&mut self, rule: &Rule, target: &Target) -> Answer {
        let result = self.evaluator.set_target(target);
        let result = result.and_then(|()| self.evaluator.evaluate(rule));
        let rests_on = self.evaluator.rests_on(rule);
        let answer = Answer { target: target.clone(), rests_on, result };
        if answer.result.is_ok() {
            self.said.push(answer.clone());
        }
        answer
    }
}

impl Answer {
    /// Whether it is the answer for this target too.
    fn holds_for(&self, target: &Target) -> bool {
        self.rests_on.iter().all(|need| need.is_same(&self.target, target))
    }
}
