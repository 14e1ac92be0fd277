//! Interpreters, one for each rule, made when the rule is first evaluated.
//!
//! A rule needs its own file and the libraries that it calls, and no more: what is not asked for is
//! not even parsed, a rule's evaluation costs nothing for its neighbours (regorus walks all modules
//! wherever a policy reads a table), and no rule can disturb another. Owns which files those are.
//! Must not know what is evaluated.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use regorus::Engine;
use serde_json::Value as Json;

use super::bundle::PolicyFile;
use super::error::{LoadError, LoadErrors, PolicyPlace};
use super::evaluate::Engines;
use super::rule::Rule;
use super::{interpreter, package, watch};

/// The files of a policy set by their packages, with one set of data; clones share what was made.
#[derive(Clone)]
pub(super) struct Prepared(Arc<Shared>);

struct Shared {
    files: Arc<BTreeMap<String, PolicyFile>>,
    data: Json,
    /// An interpreter with the data alone.
    empty: OnceLock<Result<Engine, LoadErrors>>,
    /// Interpreters with some libraries, by their packages.
    libraries: Mutex<BTreeMap<Vec<String>, Engine>>,
    /// Interpreters of rules, by their packages.
    rules: BTreeMap<String, OnceLock<Result<Engine, LoadErrors>>>,
    /// What evaluated before, and is free.
    idle: Mutex<Vec<Engines>>,
}

/// How many sets of interpreters are kept: as many as threads judge at a time, on most machines.
const IDLE: usize = 64;

/// What stands behind `data` where no package does.
const DOCUMENTS: &[&str] = &["parameters", "rollgate_tables"];

impl Prepared {
    /// Of these files, tests left out, with this data.
    pub(super) fn new(files: impl IntoIterator<Item = PolicyFile>, data: Json) -> Self {
        let named = files.into_iter().filter(|file| !file.is_test()).filter_map(|file| {
            let name = package::name_of(&file)?.to_owned();
            Some((name, file))
        });
        Self::of(Arc::new(named.collect()), data)
    }

    /// The same files with other data.
    pub(super) fn with_data(&self, data: Json) -> Self {
        Self::of(Arc::clone(&self.0.files), data)
    }

    fn of(files: Arc<BTreeMap<String, PolicyFile>>, data: Json) -> Self {
        let rules = files.keys().filter(|name| !is_library(name));
        let rules = rules.map(|name| (name.clone(), OnceLock::new())).collect();
        let (empty, libraries, idle) = (OnceLock::new(), Mutex::default(), Mutex::default());
        Self(Arc::new(Shared { files, data, empty, libraries, rules, idle }))
    }

    /// Interpreters that nobody uses now, of those that fit.
    pub(super) fn idle(&self, fits: impl Fn(&Engines) -> bool) -> Option<Engines> {
        let mut idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let found = idle.iter().position(fits)?;
        Some(idle.swap_remove(found))
    }

    /// Takes interpreters back for whoever evaluates next.
    pub(super) fn give_back(&self, engines: Engines) {
        let mut idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE {
            idle.push(engines);
        }
    }

    /// The interpreter of a rule, ready to be cloned.
    pub(super) fn engine(&self, rule: &Rule) -> Result<&Engine, LoadErrors> {
        let missing = || {
            let place = PolicyPlace::new(&rule.file, 1, 1);
            let message = format!("`{}` is no rule of these policies", rule.package);
            LoadErrors::from(LoadError::new(place, message, "load the policies that it is of"))
        };
        let slot = self.0.rules.get(&rule.package).ok_or_else(missing)?;
        let file = self.0.files.get(&rule.package).ok_or_else(missing)?;
        slot.get_or_init(|| self.0.with_rule(rule, file)).as_ref().map_err(Clone::clone)
    }
}

impl Shared {
    fn with_rule(&self, rule: &Rule, file: &PolicyFile) -> Result<Engine, LoadErrors> {
        let text = if rule.watched { watch::watched(&file.text) } else { file.text.clone() };
        let mut engine = self.with_libraries(&text)?;
        interpreter::add(&mut engine, &PolicyFile { path: file.path.clone(), text })?;
        interpreter::ready(&mut engine)?;
        Ok(engine)
    }

    /// An interpreter with the data, and the libraries that a policy of this text calls.
    fn with_libraries(&self, text: &str) -> Result<Engine, LoadErrors> {
        let names = self.called(text);
        let mut made = self.libraries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = made.get(&names) {
            return Ok(engine.clone());
        }
        let empty = self.empty.get_or_init(|| {
            let mut engine = interpreter::new();
            interpreter::give(&mut engine, self.data.clone())?;
            Ok(engine)
        });
        let mut engine = empty.clone()?;
        for file in names.iter().filter_map(|name| self.files.get(name)) {
            interpreter::add(&mut engine, file)?;
        }
        made.insert(names, engine.clone());
        Ok(engine)
    }

    /// The libraries that a policy of this text calls, directly or through others, sorted.
    fn called(&self, text: &str) -> Vec<String> {
        let mut found = BTreeSet::new();
        let mut open = vec![text];
        while let Some(text) = open.pop() {
            for name in self.mentioned(text) {
                if found.insert(name.to_owned())
                    && let Some(file) = self.files.get(name)
                {
                    open.push(&file.text);
                }
            }
        }
        found.into_iter().collect()
    }

    /// The libraries that a text names; all of them, where it can not be told which.
    fn mentioned(&self, text: &str) -> Vec<&str> {
        let libraries = self.files.keys().map(String::as_str).filter(|name| is_library(name));
        let mut found = Vec::new();
        for (at, _) in text.match_indices("data") {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let rest = text.get(at + "data".len()..).unwrap_or_default().trim_start();
            if before.is_some_and(is_of_word) || !rest.starts_with(['.', '[']) {
                continue;
            }
            let leads_to = |name: &&str| {
                let behind = rest.strip_prefix('.').and_then(|rest| rest.strip_prefix(*name));
                behind.is_some_and(|behind| !behind.starts_with(is_of_word))
            };
            if DOCUMENTS.iter().any(leads_to) {
                continue;
            }
            match libraries.clone().find(leads_to) {
                Some(name) => found.push(name),
                None => return libraries.collect(),
            }
        }
        found
    }
}

fn is_library(package: &str) -> bool {
    package.split('.').nth(1) == Some("lib")
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_rule_gets_the_libraries_that_it_calls() {
        let file = |name: &str, body: &str| PolicyFile {
            path: format!("{name}.rego"),
            text: format!("package {name}\n\n{body}\n"),
        };
        let files = [
            file("rollgate.lib.a", "f(x) := x"),
            file("rollgate.lib.ab", "import data.rollgate.lib.a\n\nf(x) := a.f(x)"),
            file("rollgate.lib.c", "f(x) := data.rollgate_tables.t[x]"),
        ];
        let prepared = Prepared::new(files, json!({}));
        let called = |text: &str| prepared.0.called(text).join(" ");
        assert_eq!(called("import data.rollgate.lib.a"), "rollgate.lib.a");
        assert_eq!(called("x := data.rollgate.lib.ab.f(1)"), "rollgate.lib.a rollgate.lib.ab");
        assert_eq!(called("x := data.parameters.data + metadata.x"), "");
        let all = "rollgate.lib.a rollgate.lib.ab rollgate.lib.c";
        for text in [
            "import data.rollgate.lib",
            "x := data[y]",
            "x := data .y",
            "x := data.rollgate.lib.abc",
        ] {
            assert_eq!(called(text), all, "{text}");
        }
    }
}
