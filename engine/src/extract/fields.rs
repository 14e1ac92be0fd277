//! Typed access to the fields of an object: what is not of its type becomes a problem with a place.
//!
//! Owns the wording of `wrong_type` and `unknown_field` for Kubernetes objects. Must not know any
//! kind.

use std::collections::BTreeMap;

use rollgate_facts::{Flag, Locator, Problem, ProblemKind, Text};

use crate::text::{Node, Value};

/// A mapping whose fields are read by type; complaints gather in `problems`.
#[derive(Debug)]
pub(super) struct Fields<'a, 'p> {
    node: Option<&'a Node>,
    at: Locator,
    problems: &'p mut Vec<Problem>,
}

impl<'a, 'p> Fields<'a, 'p> {
    /// The fields of `node`, which is absent where `None`; a value that is no mapping is a problem.
    pub(super) fn new(node: Option<&'a Node>, at: Locator, problems: &'p mut Vec<Problem>) -> Self {
        let node = node.filter(|node| !node.is_null());
        let mut fields = Self { node, at, problems };
        if node.is_some_and(|node| node.as_mapping().is_none()) {
            let at = fields.at.clone();
            fields.wrong_type(at, node, "a mapping");
            fields.node = None;
        }
        fields
    }

    /// Where the mapping stands.
    pub(super) const fn at(&self) -> &Locator {
        &self.at
    }

    /// The value under `key`, where it is there and not null.
    pub(super) fn get(&self, key: &str) -> Option<&'a Node> {
        self.node?.get(key).filter(|node| !node.is_null())
    }

    /// The mapping under `key`.
    pub(super) fn mapping(&mut self, key: &str) -> Fields<'a, '_> {
        Fields::new(self.get(key), self.at.key(key), self.problems)
    }

    /// Reads each mapping of the list under `key`.
    pub(super) fn each(&mut self, key: &str, mut read: impl FnMut(&mut Fields<'a, '_>)) {
        let at = self.at.key(key);
        let Some(node) = self.get(key) else { return };
        let Some(items) = node.as_sequence() else {
            return self.wrong_type(at, Some(node), "a list of mappings");
        };
        for (index, item) in items.iter().enumerate() {
            read(&mut Fields::new(Some(item), at.index(index), self.problems));
        }
    }

    /// The string under `key`, without which the mapping means nothing.
    pub(super) fn required(&mut self, key: &str) -> Option<&'a str> {
        if self.get(key).is_none() {
            let text = format!("`{key}` is missing");
            self.problem(ProblemKind::WrongType, self.at.clone(), text);
        }
        self.str(key)
    }

    /// The string under `key`, as written.
    pub(super) fn str(&mut self, key: &str) -> Option<&'a str> {
        let node = self.get(key)?;
        let text = node.as_str();
        if text.is_none() {
            self.wrong_type(self.at.key(key), Some(node), "a string");
        }
        text
    }

    /// The string under `key` with its place; an empty one counts as absent, as in Go.
    pub(super) fn text(&mut self, key: &str) -> Option<Text> {
        self.str(key).filter(|text| !text.is_empty()).map(|text| Text::new(self.at.key(key), text))
    }

    /// The boolean under `key` with its place.
    pub(super) fn flag(&mut self, key: &str) -> Option<Flag> {
        let node = self.get(key)?;
        if let Value::Boolean(value) = node.value {
            return Some(Flag::new(self.at.key(key), value));
        }
        self.wrong_type(self.at.key(key), Some(node), "a boolean");
        None
    }

    /// The list of strings under `key` with their places; a null item is an empty string, as in Go.
    pub(super) fn texts(&mut self, key: &str) -> Vec<Text> {
        let at = self.at.key(key);
        let Some(node) = self.get(key) else { return Vec::new() };
        let Some(items) = node.as_sequence() else {
            self.wrong_type(at, Some(node), "a list of strings");
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            match &item.value {
                Value::String(text) => texts.push(Text::new(at.index(index), &**text)),
                Value::Null => texts.push(Text::new(at.index(index), "")),
                _ => self.wrong_type(at.index(index), Some(item), "a string"),
            }
        }
        texts
    }

    /// The map of strings under `key`.
    pub(super) fn string_map(&mut self, key: &str) -> BTreeMap<String, String> {
        let fields = self.mapping(key);
        let mut map = BTreeMap::new();
        for entry in fields.node.and_then(Node::as_mapping).unwrap_or_default() {
            match &entry.node.value {
                Value::String(text) => {
                    map.insert(entry.key.to_string(), text.to_string());
                }
                Value::Null => {
                    map.insert(entry.key.to_string(), String::new());
                }
                _ => {
                    let at = fields.at.key(&entry.key);
                    fields.problems.push(wrong_type(at, &entry.node, "a string"));
                }
            }
        }
        map
    }

    /// Reports every field that is not in `known`; `elsewhere` says where some of them belong.
    pub(super) fn only(&mut self, known: &[&str], elsewhere: &[(&str, &[&str])]) {
        for entry in self.node.and_then(Node::as_mapping).unwrap_or_default() {
            if !known.contains(&&*entry.key) {
                let at = self.at.key(&entry.key).named();
                self.problems.push(unknown_field(at, &entry.key, known, elsewhere));
            }
        }
    }

    /// Adds a problem of another kind.
    pub(super) fn problem(&mut self, kind: ProblemKind, at: Locator, text: String) {
        self.problems.push(Problem { kind, at, text });
    }

    fn wrong_type(&mut self, at: Locator, node: Option<&Node>, expected: &str) {
        if let Some(node) = node {
            self.problems.push(wrong_type(at, node, expected));
        }
    }
}

pub(super) fn wrong_type(at: Locator, node: &Node, expected: &str) -> Problem {
    let name = at.pointer().rsplit('/').next().unwrap_or_default().to_owned();
    let text = format!("`{name}` takes {expected}, not {}", node.describe());
    Problem { kind: ProblemKind::WrongType, at, text }
}

pub(super) fn unknown_field(
    at: Locator,
    key: &str,
    known: &[&str],
    elsewhere: &[(&str, &[&str])],
) -> Problem {
    let home = elsewhere.iter().find(|(_, fields)| fields.contains(&key));
    let hint = match (home, crate::closest(key, known.iter().copied())) {
        (Some((home, _)), _) => format!("; it belongs under `{home}`"),
        (None, Some(meant)) => format!("; did you mean `{meant}`?"),
        (None, None) => String::new(),
    };
    let text = format!("unknown field `{key}` is dropped silently{hint}");
    Problem { kind: ProblemKind::UnknownField, at, text }
}
