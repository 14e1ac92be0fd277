//! The policy set: everything that judges, loaded and ready.
//!
//! Owns loading: which files, in which order, under which checks. Must not know how a rule is
//! evaluated.

use std::collections::BTreeMap;

use serde_json::Value;

use super::bundle::{self, PolicyFile, PolicyRoot};
use super::check::check;
use super::conftest::Conftest;
use super::error::LoadErrors;
use super::evaluate::Evaluator;
use super::index::Index;
use super::interpreter;
use super::parameter::{self, ParameterError};
use super::prepared::Prepared;
use super::rule::Rule;
use crate::{Digest, Limits};

/// Policies, loaded and ready: rules, tables and the digest of both.
#[derive(Clone)]
pub struct PolicySet {
    prepared: Prepared,
    rules: Vec<Rule>,
    tables: Value,
    digest: Digest,
    /// The examples of users' rules.
    examples: Vec<PolicyFile>,
    /// What judges objects as they are written.
    conftest: Option<Conftest>,
}

impl PolicySet {
    /// The embedded library. It was checked when it was built and tested, and is not checked again.
    pub fn embedded() -> Result<Self, LoadErrors> {
        let Index { rules, tables, .. } = Index::current()?;
        let prepared = prepared(bundle::library_without_tests(), &rules, &tables);
        let digest = bundle::library_digest();
        Ok(Self { prepared, rules, tables, digest, examples: Vec::new(), conftest: None })
    }

    /// The embedded library and the users' roots, whose rules are checked first.
    pub fn load(roots: &[PolicyRoot]) -> Result<Self, LoadErrors> {
        if roots.is_empty() {
            return Self::embedded();
        }
        let mut files = bundle::policies_of(roots);
        files.sort();
        let Index { mut rules, tables, .. } = Index::current()?;
        rules.extend(check(roots)?);
        rules.sort_by(|one, other| one.code.cmp(&other.code));
        let digest = digest_with(&files);
        files.extend(bundle::library_without_tests());
        let prepared = prepared(files, &rules, &tables);
        let others = roots.iter().flat_map(|root| &root.files).filter(|file| !file.is_policy());
        let examples = others.cloned().collect();
        Ok(Self { prepared, rules, tables, digest, examples, conftest: None })
    }

    /// The same policies with these values of the users' parameters; the others keep their defaults.
    pub fn with_parameters(
        mut self,
        given: &BTreeMap<String, Value>,
    ) -> Result<Self, ParameterError> {
        let values = parameter::values(&self.rules, given)?;
        self.prepared = self.prepared.with_data(interpreter::document(&self.tables, &values));
        Ok(self)
    }

    /// The same policies, and conftest policies beside them.
    #[must_use]
    pub fn with_conftest(mut self, conftest: Conftest) -> Self {
        let (own, other) = (self.digest.hex(), conftest.digest().hex());
        self.digest = bundle::digest([("policies", &*own), ("conftest", &*other)].into_iter());
        self.conftest = Some(conftest);
        self
    }

    /// The conftest policies, where there are some.
    pub const fn conftest(&self) -> Option<&Conftest> {
        self.conftest.as_ref()
    }

    /// The rules, sorted by code.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules, and those of conftest policies.
    pub fn all_rules(&self) -> Vec<Rule> {
        let others = self.conftest.iter().flat_map(Conftest::rules).map(|other| &other.rule);
        self.rules.iter().chain(others).cloned().collect()
    }

    /// The rule of this code.
    pub fn rule(&self, code: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.code == code)
    }

    /// The inputs beside a rule in `<rule>/denied/` and `<rule>/allowed/`, sorted by path.
    pub(crate) fn examples(&self, rule: &Rule, kind: &str) -> Vec<PolicyFile> {
        let Some((folder, _)) = rule.file.rsplit_once('/') else { return Vec::new() };
        if rule.is_built_in() {
            return bundle::library_examples(folder, kind);
        }
        // Users' rules may lie as users like; only a folder of the rule's own name tells whose
        // examples it holds.
        let name = rule.package.rsplit('.').next().unwrap_or_default();
        if folder.rsplit('/').next() != Some(name) {
            return Vec::new();
        }
        let inside = format!("{folder}/{kind}/");
        let files = self.examples.iter().filter(|file| file.path.starts_with(&inside));
        let mut files: Vec<_> = files.cloned().collect();
        files.sort();
        files
    }

    /// A file that an example of the rule refers to, such as what runs now.
    pub(crate) fn example_text(&self, rule: &Rule, path: &str) -> Option<&str> {
        if rule.is_built_in() {
            return bundle::library_text(path);
        }
        self.examples.iter().find(|file| file.path == path).map(|file| file.text.as_str())
    }

    /// The data tables by name, as policies see them at `data.rollgate_tables`.
    pub const fn tables(&self) -> &Value {
        &self.tables
    }

    /// The digest of everything that bears on a verdict.
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// Makes rules ready that look at almost every input.
    pub(crate) fn warm_up<'r>(&self, rules: impl Iterator<Item = &'r Rule>) {
        for rule in rules.filter(|rule| rule.silent_without.is_empty() && rule.kinds.is_empty()) {
            // What is wrong with a rule is told when it is evaluated.
            let _ = self.prepared.engine(rule);
        }
    }

    /// What evaluates the rules; each thread takes one.
    pub fn evaluator(&self, limits: &Limits) -> Evaluator {
        Evaluator::new(self.prepared.clone(), limits)
    }
}

impl std::fmt::Debug for PolicySet {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "PolicySet({} rules, {})", self.rules.len(), self.digest)
    }
}

/// These policies, with these tables and the defaults of parameters.
fn prepared(files: Vec<PolicyFile>, rules: &[Rule], tables: &Value) -> Prepared {
    Prepared::new(files, interpreter::document(tables, &parameter::defaults(rules)))
}

fn digest_with(users: &[PolicyFile]) -> Digest {
    let library = bundle::library_digest();
    let users = users
        .iter()
        .filter(|file| !file.is_test())
        .map(|file| (file.path.as_str(), file.text.as_str()));
    bundle::digest(std::iter::once(("library", library.hex().as_str())).chain(users))
}
