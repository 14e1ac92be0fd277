//! Loading conftest policies: what is checked before one is trusted.
//!
//! Owns the names that count (`deny`, `violation`, `warn`), the namespaces, and the two syntaxes:
//! Rego v1, and v0 for files that are no v1.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Engine;

use super::{Conftest, ConftestRule, ConftestSource, data, negation};
use crate::Limits;
use crate::policy::ast::{Expr, Head, Policy, Rule as AstRule};
use crate::policy::bundle::{self, PolicyFile};
use crate::policy::check::check_foreign;
use crate::policy::error::{LoadError, LoadErrors, PolicyPlace};
use crate::policy::{interpreter, scan};

/// The namespace that conftest takes where none is given.
const DEFAULT_NAMESPACE: &str = "main";

/// Loads policies after checking them.
pub(super) fn load(limits: &Limits, source: &ConftestSource) -> Result<Conftest, LoadErrors> {
    let mut files = bundle::policies_of(&source.policies);
    files.retain(|file| !file.is_test());
    files.sort();
    let mut engine = parsed(&files)?;
    let policies = interpreter::trees(&engine)?;
    let packages: Vec<_> = policies.iter().map(Policy::package_name).collect();
    let mut errors = Vec::new();
    for policy in &policies {
        errors.extend(form(policy));
    }
    let names: Vec<_> = packages.iter().map(String::as_str).collect();
    let data = data::read(limits, source, &names)?;
    errors.extend(check_foreign(&policies, &data));
    let rules = rules(&policies, &source.namespaces, &mut errors);
    LoadErrors::result(errors)?;
    if let Some(rewritten) = negation::rewritten(&policies)? {
        engine = parsed(&rewritten)?;
    }
    interpreter::prepare_with(&mut engine, data)?;
    let roots = source.data.iter().chain(&source.policies);
    let data_files = roots.flat_map(|root| &root.files).filter(|file| !file.is_policy());
    let texts = files.iter().chain(data_files).map(|file| (&*file.path, &*file.text));
    Ok(Conftest { engine, rules, digest: bundle::digest(texts) })
}

/// An interpreter with these files, each in the syntax that it is written in.
fn parsed(files: &[PolicyFile]) -> Result<Engine, LoadErrors> {
    let (mut engine, mut errors) = (interpreter::new(), Vec::new());
    for file in files {
        let added = scan::check(file).and_then(|()| {
            interpreter::add(&mut engine, file).or_else(|error| {
                engine.set_rego_v0(true);
                let added = interpreter::add(&mut engine, file);
                engine.set_rego_v0(false);
                // What is neither is told as v1 sees it.
                added.map_err(|_| error)
            })
        });
        errors.extend(added.err());
    }
    LoadErrors::result(errors)?;
    Ok(engine)
}

/// Whether conftest looks at a rule of this name: `deny`, `deny_root`, `violation`, `warn`, ….
fn is_judging(name: &str) -> bool {
    let (first, rest) = name.split_once('_').unwrap_or((name, "x"));
    let word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric());
    matches!(first, "deny" | "violation" | "warn") && rest.split('_').all(word)
}

/// What conftest would pass over, or rollgate would, is refused.
fn form(policy: &Policy) -> Vec<LoadError> {
    let mut errors = Vec::new();
    for rule in &policy.ast.rules {
        let name = rule.name();
        let set = matches!(rule, AstRule::Spec { head: Head::Set { .. }, .. });
        if is_judging(name) && !set {
            let message = format!("`{name}` is not a set of messages, which conftest passes over");
            let help = format!("write `{name} contains message if {{ … }}`");
            errors.push(error(policy, rule.start(), message, help));
        } else if name == "exception" {
            let help = "record a waiver in `rollgate.yaml`, which every report lists".to_owned();
            let message = "`exception` is not read here: it would hide what it excepts".to_owned();
            errors.push(error(policy, rule.start(), message, help));
        }
    }
    policy.each_input(&mut |reference| {
        if reads_all_files(reference) {
            let message = "`input[…].contents` is what conftest gives with `--combine`".to_owned();
            let help = "judge one object at a time: `input.kind`, …".to_owned();
            errors.push(error(policy, reference.start(), message, help));
        }
    });
    errors
}

/// Whether a reference goes through the files of a run, as `input[i].contents.kind` does. An object
/// has no such members, so that the rule would be silent.
fn reads_all_files(reference: &Expr) -> bool {
    let mut at = reference;
    while let Expr::RefDot { refr, .. } | Expr::RefBrack { refr, .. } = at {
        if let (Expr::RefDot { field, .. }, Expr::RefBrack { refr: document, index, .. }) =
            (at, &**refr)
        {
            let of_a_file = matches!(field.1.as_str(), Some("contents" | "path"));
            if of_a_file && document.as_var() == Some("input") && index.as_text().is_none() {
                return true;
            }
        }
        at = refr;
    }
    false
}

fn error(policy: &Policy, byte: usize, message: String, help: String) -> LoadError {
    let source = &policy.source;
    LoadError::new(PolicyPlace::of_byte(&source.file, &source.contents, byte), message, help)
}

/// The rules of the namespaces asked for, sorted by code. That one of them has none, or that there
/// are others where none was asked for, is an error: a rule would be passed over in silence.
fn rules(
    policies: &[Policy],
    namespaces: &[String],
    errors: &mut Vec<LoadError>,
) -> Vec<ConftestRule> {
    let mut judging: BTreeMap<String, BTreeMap<&str, &str>> = BTreeMap::new();
    for policy in policies {
        let names = policy.ast.rules.iter().map(AstRule::name).filter(|name| is_judging(name));
        let rules = judging.entry(policy.package_name()).or_default();
        for name in names {
            rules.entry(name).or_insert(&policy.source.file);
        }
    }
    judging.retain(|_, rules| !rules.is_empty());
    let wanted: BTreeSet<&str> = match namespaces {
        [] => std::iter::once(DEFAULT_NAMESPACE).collect(),
        some => some.iter().map(String::as_str).collect(),
    };
    let file = policies.first().map_or("policy", |policy| policy.source.file.as_str());
    for namespace in wanted.iter().filter(|namespace| !judging.contains_key(**namespace)) {
        let message = format!("namespace `{namespace}` has no `deny`, `violation` or `warn`");
        let others: Vec<_> = judging.keys().map(|name| format!("`{name}`")).collect();
        let help = match others.as_slice() {
            [] => "no other namespace has any either".to_owned(),
            some => format!("give `--conftest-namespace`: {} has some", some.join(", ")),
        };
        errors.push(LoadError::new(PolicyPlace::new(file, 1, 1), message, help));
    }
    if namespaces.is_empty() && judging.contains_key(DEFAULT_NAMESPACE) {
        for (package, rules) in judging.iter().filter(|(name, _)| *name != DEFAULT_NAMESPACE) {
            let file = rules.values().next().copied().unwrap_or_default();
            let message = format!("namespace `{package}` has rules, which nobody asked for");
            let help = "name every namespace that is to judge with `--conftest-namespace`";
            errors.push(LoadError::new(PolicyPlace::new(file, 1, 1), message, help));
        }
    }
    let chosen = judging.iter().filter(|(package, _)| wanted.contains(package.as_str()));
    let mut rules: Vec<_> = chosen
        .flat_map(|(package, rules)| {
            rules.iter().map(|(name, file)| ConftestRule::new(package, name, file))
        })
        .collect();
    rules.sort_by(|one, other| one.rule.code.cmp(&other.rule.code));
    rules
}
