//! Conftest policies: `deny contains msg` over objects as they are written.
//!
//! Owns what such a policy is, its checks at load, and its evaluation. Must not know what an object
//! is: `input` is a JSON value. What regorus would read otherwise than OPA does, or would be silent
//! about, does not load.
//!
//! `package main` with `deny contains "no name" if not input.metadata.name` is the rule
//! `conftest.main.deny`, of severity medium; `warn` is of severity low.

mod data;
mod load;
mod negation;

use std::collections::BTreeMap;

use regorus::{Engine, Value};
use rollgate_facts::{Locator, SubjectKind};

use super::bundle::PolicyRoot;
use super::error::LoadErrors;
use super::evaluate::{EvaluationError, RawFinding, set_time_limit, shortened, value_of};
use super::rule::Rule;
use crate::report::Severity;
use crate::{Digest, Limits};

/// Conftest policies, loaded and ready.
#[derive(Clone)]
pub struct Conftest {
    engine: Engine,
    rules: Vec<ConftestRule>,
    digest: Digest,
}

/// What to load.
#[derive(Debug, Clone, Default)]
pub struct ConftestSource {
    /// The folders of policies.
    pub policies: Vec<PolicyRoot>,
    /// The folders of data: a file `a/b.yaml` is merged into `data.a`, as OPA does.
    pub data: Vec<PolicyRoot>,
    /// The packages whose rules judge; empty for `main`.
    pub namespaces: Vec<String>,
}

/// A rule `deny`, `violation` or `warn` of a package, with or without a suffix.
#[derive(Debug, Clone)]
pub struct ConftestRule {
    /// The rule as reports describe it.
    pub rule: Rule,
    /// Its path, as `data.main.deny`.
    path: String,
}

/// Evaluates conftest policies over one object after the other.
#[derive(Clone)]
pub struct ConftestEvaluator {
    /// As prepared, without an object.
    prepared: Engine,
    engine: Engine,
    object: Value,
    findings: usize,
    /// The rules that ran into the time limit, by code. They are not tried on further objects.
    too_slow: BTreeMap<String, EvaluationError>,
}

impl Conftest {
    /// Loads policies after checking them.
    pub fn load(limits: &Limits, source: &ConftestSource) -> Result<Self, LoadErrors> {
        load::load(limits, source)
    }

    /// The rules, sorted by code.
    pub fn rules(&self) -> &[ConftestRule] {
        &self.rules
    }

    /// The digest of policies and data.
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// What evaluates them; each thread takes one.
    pub fn evaluator(&self, limits: &Limits) -> ConftestEvaluator {
        let mut prepared = self.engine.clone();
        set_time_limit(&mut prepared, limits);
        let engine = prepared.clone();
        let too_slow = BTreeMap::new();
        ConftestEvaluator {
            too_slow,
            prepared,
            engine,
            object: Value::Null,
            findings: limits.findings_per_rule,
        }
    }
}

impl ConftestRule {
    fn new(package: &str, name: &str, file: &str) -> Self {
        let severity = if name.starts_with("warn") { Severity::Low } else { Severity::Medium };
        let rule = Rule {
            code: format!("conftest.{package}.{name}").replace('_', "-"),
            package: package.to_owned(),
            file: file.to_owned(),
            title: format!("The conftest policy `{package}.{name}` finds something"),
            description: "A policy of the user's own over objects as they are written.".to_owned(),
            // Every object that is read; there is no narrower word for it.
            subject: SubjectKind::ClusterObject,
            kinds: Vec::new(),
            severity,
            remediation: format!("Correct the object, or the policy in `{file}`."),
            since: env!("CARGO_PKG_VERSION").to_owned(),
            needs: Vec::new(),
            facts: Vec::new(),
            silent_without: Vec::new(),
            watched: false,
            reads: Vec::new(),
            tags: Vec::new(),
            references: Vec::new(),
            effective_on: None,
            parameters: BTreeMap::new(),
            related_resources: Vec::new(),
        };
        Self { rule, path: format!("data.{package}.{name}") }
    }
}

impl ConftestEvaluator {
    /// Sets the object that the next evaluations judge.
    pub fn set_object(&mut self, object: serde_json::Value) {
        self.object = Value::from(object);
        self.engine.set_input(self.object.clone());
    }

    /// What the rule finds in the object, which stands at `at`, sorted by message.
    pub fn evaluate(
        &mut self,
        rule: &ConftestRule,
        at: &Locator,
    ) -> Result<Vec<RawFinding>, EvaluationError> {
        if let Some(error) = self.too_slow.get(&rule.rule.code) {
            return Err(error.clone());
        }
        let value = value_of(&mut self.engine, &rule.path);
        match &value {
            Err(error @ EvaluationError::TimedOut { .. }) => {
                self.too_slow.insert(rule.rule.code.clone(), error.clone());
            }
            Err(EvaluationError::Panicked) => {
                // What a panic leaves behind is not evaluated with again.
                self.engine = self.prepared.clone();
                self.engine.set_input(self.object.clone());
            }
            _ => {}
        }
        let Value::Set(messages) = value? else {
            return Err(EvaluationError::NotMessages("it is no set".to_owned()));
        };
        let shown = messages.iter().take(self.findings).map(|message| finding(message, at));
        let mut findings = shown.collect::<Result<Vec<_>, _>>()?;
        if let Some(omitted) = messages.len().checked_sub(self.findings + 1) {
            let message = format!("and {} more findings of this rule", omitted + 1);
            findings.push(RawFinding { at: at.clone(), message, details: None });
        }
        Ok(findings)
    }
}

/// A message, or an object with one in `msg` and anything else beside it.
fn finding(value: &Value, at: &Locator) -> Result<RawFinding, EvaluationError> {
    let not_a_message = || {
        let fault = "a member is neither a text nor an object with a text `msg`";
        EvaluationError::NotMessages(fault.to_owned())
    };
    let (message, details) = match value {
        Value::String(text) => (text.to_string(), None),
        Value::Object(_) => {
            let text = value["msg"].as_string().map_err(|_| not_a_message())?.to_string();
            (text, serde_json::to_value(value).ok())
        }
        _ => return Err(not_a_message()),
    };
    Ok(RawFinding { at: at.clone(), message: shortened(message), details })
}

impl std::fmt::Debug for Conftest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Conftest({} rules, {})", self.rules.len(), self.digest)
    }
}

impl std::fmt::Debug for ConftestEvaluator {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The object may hold secrets.
        formatter.debug_struct("ConftestEvaluator").finish_non_exhaustive()
    }
}
