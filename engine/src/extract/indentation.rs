//! Lost indentation: keys that stand beside an empty key which they belong under, as web pages print
//! objects that lost their leading spaces.
//!
//! Owns recognising them, and what an object's name and labels were meant to be. Must not read a
//! `spec`. `metadata:\nname: a` → `name` belongs under `metadata`, and the name is meant to be `a`.

use rollgate_facts::{Locator, Problem, ProblemKind};

use crate::extract::cluster_object::TOP_LEVEL;
use crate::text::{Entry, Node};

/// The fields of `metadata` that people write.
pub(super) const METADATA_FIELDS: &[&str] = &["name", "namespace", "labels", "annotations"];

/// The fields of an Ignition config that people write.
pub(super) const CONFIG_FIELDS: &[&str] = &["ignition", "passwd", "storage", "systemd"];

/// What stands in an Ignition config beside the section that it belongs in.
const SECTIONS: &[(&str, &[&str])] = &[
    ("ignition", &["version"]),
    ("passwd", &["users", "groups"]),
    ("storage", &["files", "directories", "links", "disks", "filesystems", "luks", "raid"]),
    ("systemd", &["units"]),
];

/// Keys of a mapping that lost their indentation.
#[derive(Debug)]
struct Lost<'a> {
    /// The keys that lead to the mapping.
    path: &'static [&'static str],
    /// The key that they belong under, which is empty.
    parent: &'static str,
    entries: Vec<&'a Entry>,
}

/// What lost its indentation in an object.
#[derive(Debug, Default)]
pub(super) struct Indentation<'a>(Vec<Lost<'a>>);

impl<'a> Indentation<'a> {
    /// Looks at the levels that every object has, and at those of an Ignition config.
    pub(super) fn of(object: &'a Node) -> Self {
        let mut found = Self::default();
        let is_label = |key: &str| key.contains('/');
        let is_metadata = |key: &str| METADATA_FIELDS.contains(&key);
        let is_spec = |key: &str| !TOP_LEVEL.contains(&key) && !is_metadata(key) && !is_label(key);
        found.look(object, &[], "metadata", is_metadata);
        // Labels that stand beside `labels` may stand beside `metadata` as well.
        found.look(object, &[], "labels", is_label);
        found.look(object, &[], "spec", is_spec);
        found.look(object, &["metadata"], "labels", is_label);
        found.look(object, &["spec"], "config", |key| CONFIG_FIELDS.contains(&key));
        for (section, fields) in SECTIONS {
            found.look(object, &["spec", "config"], section, |key| fields.contains(&key));
        }
        found
    }

    /// The value of a field of `metadata` that stands beside it.
    pub(super) fn metadata(&self, field: &str) -> Option<&'a Node> {
        let lost = self.0.iter().filter(|lost| lost.parent == "metadata");
        lost.flat_map(|lost| &lost.entries)
            .find(|entry| &*entry.key == field)
            .map(|entry| &entry.node)
    }

    /// The labels that stand beside `labels`.
    pub(super) fn labels(&self) -> impl Iterator<Item = (String, String)> {
        let lost = self.0.iter().filter(|lost| lost.parent == "labels");
        let beside = lost.flat_map(|lost| lost.entries.iter().copied());
        let whole = self.metadata("labels").and_then(Node::as_mapping).unwrap_or_default();
        let entries = beside.chain(whole);
        entries.filter_map(|entry| Some((entry.key.to_string(), entry.node.as_str()?.to_owned())))
    }

    /// A problem for each key that things belong under.
    pub(super) fn problems(&self, object: &Locator) -> impl Iterator<Item = Problem> {
        self.0.iter().filter_map(|lost| {
            let keys: Vec<_> =
                lost.entries.iter().map(|entry| format!("`{}`", entry.key)).collect();
            let (first, parent) = (lost.entries.first()?, lost.parent);
            let (stand, belong) =
                if keys.len() == 1 { ("stands", "it belongs") } else { ("stand", "they belong") };
            Some(Problem {
                kind: ProblemKind::LostIndentation,
                at: lost.locator(object, first),
                text: format!(
                    "{} {stand} beside an empty `{parent}`: {belong} under it, and the indentation \
                     is lost",
                    enumerated(&keys)
                ),
            })
        })
    }

    /// Whether a problem says no more than that the indentation is lost.
    pub(super) fn explains(&self, object: &Locator, problem: &Problem) -> bool {
        let mut lost = self.0.iter();
        match problem.kind {
            ProblemKind::UnknownField => lost.any(|lost| {
                lost.entries.iter().any(|entry| lost.locator(object, entry).named() == problem.at)
            }),
            ProblemKind::IgnitionVersion => lost.any(|lost| lost.parent == "ignition"),
            _ => false,
        }
    }

    fn look(
        &mut self,
        object: &'a Node,
        path: &'static [&'static str],
        parent: &'static str,
        belongs: impl Fn(&str) -> bool,
    ) {
        let mapping = path.iter().try_fold(object, |node, key| node.get(key));
        let Some(mapping) = mapping else { return };
        let is_empty =
            |node: &Node| node.is_null() || node.as_mapping().is_some_and(<[_]>::is_empty);
        if !mapping.get(parent).is_some_and(is_empty) {
            return;
        }
        let entries = mapping.as_mapping().unwrap_or_default().iter();
        let entries: Vec<_> = entries.filter(|entry| belongs(&entry.key)).collect();
        if !entries.is_empty() {
            self.0.push(Lost { path, parent, entries });
        }
    }
}

impl Lost<'_> {
    fn locator(&self, object: &Locator, entry: &Entry) -> Locator {
        self.path.iter().fold(object.clone(), |at, key| at.key(key)).key(&entry.key)
    }
}

/// `a`, `b` and `c`; of many the first five.
fn enumerated(keys: &[String]) -> String {
    match keys {
        [] => String::new(),
        [only] => only.clone(),
        [several @ .., last] if several.len() < 5 => format!("{} and {last}", several.join(", ")),
        many => {
            let shown = many.get(..5).unwrap_or_default();
            format!("{} and {} more", shown.join(", "), many.len() - shown.len())
        }
    }
}
