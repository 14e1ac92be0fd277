//! Which packages require which.
//!
//! Owns how a requirement finds what provides it: by name, or by a path that a package owns. Versions
//! are not looked at: the packages are installed, so their requirements were met.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Database;
use super::owners::Owners;

/// The words of rich dependencies (rpm `docs/manual/boolean_dependencies.md`).
const WORDS: [&str; 12] =
    ["and", "or", "if", "else", "unless", "with", "without", "=", "<", ">", "<=", ">="];

/// By the name of a package, the names of those that require something of it, sorted.
pub(super) fn required_by(database: &Database, owners: &Owners) -> BTreeMap<String, Vec<String>> {
    let mut providers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for installed in &database.packages {
        for provided in &installed.provides {
            providers.entry(provided).or_default().push(&installed.package.name);
        }
    }
    let mut edges: BTreeSet<(&str, &str)> = BTreeSet::new();
    for installed in &database.packages {
        let own = installed.package.name.as_str();
        for required in installed.requires.iter().flat_map(|required| names(required)) {
            let by_name = providers.get(required).into_iter().flatten().copied();
            let paths = required.starts_with('/').then(|| owners.at(database, required));
            let by_path = paths.into_iter().flatten().map(|(owner, _)| owner.package.name.as_str());
            let others = by_name.chain(by_path).filter(|provider| *provider != own);
            edges.extend(others.map(|provider| (provider, own)));
        }
    }
    let mut required_by: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (provider, own) in edges {
        required_by.entry(provider.to_owned()).or_default().push(own.to_owned());
    }
    required_by
}

/// The names in a requirement; of a rich one, all that it mentions.
fn names(required: &str) -> impl Iterator<Item = &str> {
    let rich = required.starts_with('(');
    let plain = (!rich).then_some(required);
    let words = rich.then(|| required.split_ascii_whitespace()).into_iter().flatten();
    let words = words.map(without_outer_parentheses).filter(|word| !WORDS.contains(word));
    plain.into_iter().chain(words)
}

/// A word of a rich dependency: parentheses that close nothing in it belong to the expression.
fn without_outer_parentheses(word: &str) -> &str {
    let mut word = word.trim_start_matches('(');
    while word.matches(')').count() > word.matches('(').count() {
        let Some(shorter) = word.strip_suffix(')') else { break };
        word = shorter;
    }
    word
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_rich_requirement_mentions_names() {
        let cases = [
            ("libc.so.6()(64bit)", vec!["libc.so.6()(64bit)"]),
            (
                "(langpacks-core if (glibc-langpack(de) or x >= 2))",
                vec!["langpacks-core", "glibc-langpack(de)", "x", "2"],
            ),
            ("(/usr/bin/sh with sh)", vec!["/usr/bin/sh", "sh"]),
        ];
        for (required, expected) in cases {
            assert_eq!(names(required).collect::<Vec<_>>(), expected);
        }
    }
}
