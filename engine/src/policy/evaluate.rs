//! Evaluation: one rule over one subject.
//!
//! Owns the time limit, the guard against panics of the interpreter, and the shape of findings.
//! Anything that goes wrong is an error, which makes the outcome inconclusive; it is never a pass.
//!
//! `deny` is `{{"at": "MachineConfig/99-worker#/spec/fips", "message": "…"}}`.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, LimitError, Value};
use rollgate_facts::{Facts, Locator, SubjectKind, Target};
use serde::{Deserialize, Serialize};

use super::error::LoadErrors;
use super::host::Host;
use super::image_files::ImageFiles;
use super::interpreter;
use super::prepared::Prepared;
use super::rule::{Need, Rule};
use super::silent;
use super::watch::Watch;
use crate::Limits;

/// How many steps the interpreter takes between looks at the clock; the cost of looking is not
/// measurable at this interval.
const STEPS_BETWEEN_CHECKS: NonZeroU32 = NonZeroU32::MIN.saturating_add(63);

/// The longest message of a finding, in characters. A message names one value; a longer one quotes
/// a whole file, and what follows is cut off.
const MESSAGE_CHARACTERS: usize = 2_000;

/// Evaluates rules over one subject after the other.
pub struct Evaluator {
    prepared: Prepared,
    limits: Limits,
    engines: Engines,
    /// Where facts are written out for the interpreter; kept, for those of a pool take megabytes.
    written: Vec<u8>,
    facts: Value,
    /// The target in the facts.
    target: Target,
    /// The rules that ran into the time limit. They are not tried on further subjects: a limit for
    /// each of a thousand subjects is none.
    too_slow: BTreeMap<String, EvaluationError>,
}

/// The interpreters of rules that were evaluated, by the rules' packages. Whoever evaluates next
/// gets them: a clone of one costs as much as to evaluate a rule.
#[derive(Default)]
pub(super) struct Engines {
    limit: Duration,
    by_package: BTreeMap<String, Engine>,
    /// Answers what rules read of the target.
    watch: Watch,
    /// Answers what rules ask of an image's files.
    host: Host,
}

/// What a rule reads of a subject. Of two subjects in which it reads the same, a rule says the same
/// for one target.
#[derive(Clone, PartialEq)]
pub struct Reading(Vec<Value>);

/// What a rule says of a subject, as the rule wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawFinding {
    /// Where.
    pub at: Locator,
    /// What is wrong.
    pub message: String,
    /// More of it, for machines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<serde_json::Value>,
}

/// Why a rule could not be evaluated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvaluationError {
    /// The facts cannot be given to the interpreter.
    #[error("the facts cannot be evaluated: {0}")]
    Facts(String),
    /// The rule ran into the time limit.
    #[error("the rule took longer than {limit:?}: correct it, or raise `limits.evaluation`")]
    TimedOut {
        /// The limit.
        limit: Duration,
    },
    /// There was no time left to ask the rule.
    #[error("the time for the answer is up")]
    Late,
    /// A built-in function refused its arguments, or the policy is wrong in a way that only shows
    /// when it is evaluated.
    #[error("the rule fails at {place}, and has to be corrected: {message}")]
    Failed {
        /// Where, as `file:line:column`.
        place: String,
        /// What.
        message: String,
    },
    /// The interpreter panicked.
    #[error("the policy interpreter failed on this rule")]
    Panicked,
    /// `deny` is not a set of findings.
    #[error("`deny` is not a set of `{{at, message[, details]}}`: {0}")]
    NotFindings(String),
    /// A conftest rule is not a set of messages.
    #[error("the rule is not a set of messages: {0}")]
    NotMessages(String),
}

impl Evaluator {
    pub(super) fn new(prepared: Prepared, limits: &Limits) -> Self {
        let limit = limits.evaluation;
        let idle = prepared.idle(|engines| engines.limit == limit);
        let engines = idle.unwrap_or_else(|| Engines { limit, ..Engines::default() });
        Self {
            prepared,
            limits: limits.clone(),
            engines,
            written: Vec::new(),
            facts: Value::new_object(),
            target: Target::default(),
            too_slow: BTreeMap::new(),
        }
    }

    /// Sets the facts that the next evaluations judge.
    pub fn set_subject(&mut self, facts: &Facts) -> Result<(), EvaluationError> {
        // Should reading them fail, the last subject's facts must not answer for this one's.
        self.facts = Value::new_object();
        let result = value(&mut self.written, facts).map(|facts| self.facts = facts);
        self.target = facts.target.clone();
        self.engines.watch.set(self.facts["target"].clone());
        result
    }

    /// Sets the image of whose files the next evaluations may ask; none, for other subjects.
    pub fn set_files(&mut self, files: Option<ImageFiles>) {
        self.engines.host.set(files);
    }

    /// Replaces the target of the facts, for a subject that is judged for several.
    pub fn set_target(&mut self, target: &Target) -> Result<(), EvaluationError> {
        if self.target == *target {
            return Ok(());
        }
        let written = value(&mut self.written, target)?;
        let facts = self.facts.as_object_mut();
        let facts = facts.map_err(|error| EvaluationError::Facts(error.to_string()))?;
        self.engines.watch.set(written.clone());
        facts.insert("target".into(), written);
        self.target = target.clone();
        Ok(())
    }

    /// The parts of the target on which the rule's last answer rests: for a target that has the
    /// same of these, it says the same.
    pub fn rests_on(&self, rule: &Rule) -> Vec<Need> {
        let read = self.engines.watch.take();
        let rests_on = |need: &Need| !rule.watched || read.contains(need);
        rule.needs.iter().copied().filter(rests_on).collect()
    }

    /// What the rule reads of the present subject.
    pub fn reading(&self, rule: &Rule) -> Reading {
        let at =
            |path: &String| path.split('.').fold(self.facts.clone(), |at, key| at[key].clone());
        Reading(rule.facts.iter().map(at).collect())
    }

    /// What the rule finds in the subject, sorted; at most as many as the limits allow, the rest as
    /// one finding that counts them.
    pub fn evaluate(&mut self, rule: &Rule) -> Result<Vec<RawFinding>, EvaluationError> {
        if let Some(error) = self.too_slow.get(&rule.package) {
            return Err(error.clone());
        }
        self.engines.watch.take();
        if silent::is_silent(&rule.silent_without, &self.facts) {
            return Ok(Vec::new());
        }
        let deny = self.deny(rule);
        match &deny {
            Err(error @ EvaluationError::TimedOut { .. }) => {
                self.too_slow.insert(rule.package.clone(), error.clone());
            }
            // What a panic leaves behind is not evaluated with again.
            Err(EvaluationError::Panicked) => {
                drop(self.engines.by_package.remove(&rule.package));
            }
            _ => {}
        }
        let Value::Set(deny) = deny? else {
            return Err(EvaluationError::NotFindings("it is no set".to_owned()));
        };
        let most = self.limits.findings_per_rule;
        let shown = deny.iter().take(most).map(finding);
        let mut findings = shown.collect::<Result<Vec<_>, _>>()?;
        if let Some(omitted) = deny.iter().nth(most) {
            let count = deny.len() - most;
            let message = format!("and {count} more findings of this rule");
            findings.push(RawFinding { message, ..finding(omitted)? });
        }
        Ok(findings)
    }

    fn deny(&mut self, rule: &Rule) -> Result<Value, EvaluationError> {
        let facts = self.facts.clone();
        self.engines.host.set_reads(&rule.reads);
        let engine = self.engine(rule)?;
        engine.set_input(facts);
        let deny = value_of(engine, &format!("data.{}.deny", rule.package));
        // Else as many subjects would stay in memory as there are rules.
        engine.set_input(Value::Undefined);
        deny
    }

    fn engine(&mut self, rule: &Rule) -> Result<&mut Engine, EvaluationError> {
        // Looked up twice, for the borrow of what is there would last.
        let Engines { by_package, watch, host, .. } = &mut self.engines;
        if !by_package.contains_key(&rule.package) {
            let mut engine = self.prepared.engine(rule)?.clone();
            set_time_limit(&mut engine, &self.limits);
            if rule.watched {
                watch.attach(&mut engine);
            }
            if rule.subject == SubjectKind::Image {
                host.attach(&mut engine);
            }
            by_package.insert(rule.package.clone(), engine);
        }
        by_package.get_mut(&rule.package).ok_or(EvaluationError::Panicked)
    }
}

impl Drop for Evaluator {
    fn drop(&mut self) {
        self.prepared.give_back(std::mem::take(&mut self.engines));
    }
}

impl From<LoadErrors> for EvaluationError {
    fn from(errors: LoadErrors) -> Self {
        let first = errors.errors().first();
        let place = first.map(|error| error.place.to_string()).unwrap_or_default();
        Self::Failed { place, message: errors.to_string() }
    }
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The subject may hold secrets.
        write!(formatter, "Reading({} facts)", self.0.len())
    }
}

impl std::fmt::Debug for Evaluator {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The subject may hold secrets.
        formatter.debug_struct("Evaluator").field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// The value of a rule by its path, as `data.rollgate.pool.mitigations_disabled.deny`.
pub(super) fn value_of(engine: &mut Engine, path: &str) -> Result<Value, EvaluationError> {
    match catch_unwind(AssertUnwindSafe(|| engine.eval_rule(path.to_owned()))) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(match error.downcast_ref::<LimitError>() {
            Some(LimitError::TimeLimitExceeded { limit, .. }) => {
                EvaluationError::TimedOut { limit: *limit }
            }
            _ => failed(engine, &error.to_string()),
        }),
        Err(_) => Err(EvaluationError::Panicked),
    }
}

/// Bounds the time that one evaluation may take.
pub(super) fn set_time_limit(engine: &mut Engine, limits: &Limits) {
    engine.set_execution_timer_config(ExecutionTimerConfig {
        limit: limits.evaluation,
        check_interval: STEPS_BETWEEN_CHECKS,
    });
}

/// The facts as the interpreter takes them.
fn value(written: &mut Vec<u8>, facts: &impl Serialize) -> Result<Value, EvaluationError> {
    let unusable = |error: &dyn std::fmt::Display| EvaluationError::Facts(error.to_string());
    written.clear();
    serde_json::to_writer(&mut *written, facts).map_err(|error| unusable(&error))?;
    let json = str::from_utf8(written).map_err(|error| unusable(&error))?;
    Value::from_json_str(json).map_err(|error| unusable(&error))
}

fn failed(engine: &Engine, text: &str) -> EvaluationError {
    let (place, message) = interpreter::placed(engine, text);
    let place = place.map_or_else(|| "policy".to_owned(), |place| place.to_string());
    EvaluationError::Failed { place, message }
}

/// One member of `deny`.
pub(super) fn finding(value: &Value) -> Result<RawFinding, EvaluationError> {
    let not_a_finding = |why: String| EvaluationError::NotFindings(why);
    // A list of two texts would do for serde.
    let Value::Object(_) = value else { return Err(not_a_finding("a member is no object".into())) };
    let json = serde_json::to_value(value).map_err(|error| not_a_finding(error.to_string()))?;
    let finding: RawFinding =
        serde_json::from_value(json).map_err(|error| not_a_finding(error.to_string()))?;
    let at: Locator =
        finding.at.as_str().parse().map_err(|error| not_a_finding(format!("`at`: {error}")))?;
    Ok(RawFinding { at, message: shortened(finding.message), details: finding.details })
}

/// A message as long as one may be.
pub(super) fn shortened(mut message: String) -> String {
    if let Some((cut, _)) = message.char_indices().nth(MESSAGE_CHARACTERS) {
        message.truncate(cut);
        message.push('…');
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::bundle::PolicyFile;

    /// `strings.count` of regorus 0.14.1 panics on an empty text; policies may not call it.
    #[test]
    fn a_panic_of_the_interpreter_is_an_error_of_that_rule_alone() {
        let text = "package a\n\npanics := strings.count(\"a\", \"\")\n\nfine := input\n";
        let file = PolicyFile { path: "a.rego".to_owned(), text: text.to_owned() };
        let mut engine = interpreter::with_policies([&file]).unwrap();
        engine.set_input(Value::from(1));
        assert_eq!(value_of(&mut engine, "data.a.panics"), Err(EvaluationError::Panicked));
        assert_eq!(value_of(&mut engine, "data.a.fine"), Ok(Value::from(1)));
    }
}
