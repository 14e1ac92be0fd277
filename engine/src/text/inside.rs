//! Texts inside strings: documents that stand as text in a value of another document.
//!
//! Owns reading them, with the places of the outer text, and how much of it there may be. Must not
//! know which strings hold such texts. In `config: |\n  kind: X` the inner `X` is line 2, column 9.

use super::lines::Lines;
use super::written::Written;
use super::{Document, Node, ReadError, Span, Value, mask};
use crate::limits::MAX_TEXTS;
use crate::{Artifact, Limits};

/// Reads what stands inside the documents of one artifact.
pub(super) struct Inside<'a> {
    limits: &'a Limits,
    wanted: &'a dyn Fn(&Document) -> Vec<String>,
    /// How many values and documents were read so far: they count for the artifact as a whole.
    values: usize,
    documents: usize,
}

impl<'a> Inside<'a> {
    /// `wanted` names the strings of a document that hold texts, by their JSON pointers.
    pub(super) fn new(limits: &'a Limits, wanted: &'a dyn Fn(&Document) -> Vec<String>) -> Self {
        Self { limits, wanted, values: 0, documents: 0 }
    }

    /// Fills in what stands inside the documents of a text, and inside that in turn.
    pub(super) fn fill(&mut self, artifact: &Artifact, documents: &mut [Read]) {
        self.fill_level(artifact, documents, MAX_TEXTS);
    }

    fn fill_level(&mut self, artifact: &Artifact, documents: &mut [Read], levels: usize) {
        let mut lines = None;
        for document in documents.iter_mut().flatten() {
            for pointer in (self.wanted)(document) {
                let Node { value: Value::String(text), span } =
                    document.root.pointer(&pointer).node
                else {
                    continue;
                };
                let Some(levels) = levels.checked_sub(1) else {
                    document.inside.insert(pointer, vec![Err(too_deep(*span))]);
                    continue;
                };
                let bytes = artifact.bytes();
                let lines = lines.get_or_insert_with(|| Lines::of(bytes));
                let written = Written::of(bytes, lines, *span, text);
                let mut inside = self.read(artifact.name(), text, levels);
                for read in &mut inside {
                    relocate(read, &written);
                }
                document.inside.insert(pointer, inside);
            }
        }
    }

    /// The documents of a text, placed in it.
    fn read(&mut self, name: &str, text: &str, levels: usize) -> Vec<Read> {
        let artifact = Artifact::new(name, text);
        let mut documents = super::read(self.limits, &artifact);
        self.documents += documents.len();
        self.values += documents.iter().flatten().map(|read| values(&read.root)).sum::<usize>();
        let exceeded = [
            ("documents", self.documents, self.limits.documents),
            ("nodes", self.values, self.limits.nodes),
        ];
        let exceeded = exceeded.into_iter().find(|(_, count, limit)| count > limit);
        if let Some((name, _, limit)) = exceeded {
            return vec![Err(too_much(text, name, limit))];
        }
        self.fill_level(&artifact, &mut documents, levels);
        documents
    }
}

type Read = Result<Document, ReadError>;

/// Whether a document and all that stands inside it could be read.
pub(super) fn is_whole(read: &Read) -> bool {
    let inside = |document: &Document| document.inside.values().flatten().all(is_whole);
    read.as_ref().is_ok_and(inside)
}

/// Where secrets stand in a document. A string whose text was read is no secret for what is in it:
/// that is looked for in there.
pub(super) fn secrets(document: &Document) -> Vec<Span> {
    let read = document.inside.iter().filter(|(pointer, inside)| {
        let key = pointer.rsplit('/').next().unwrap_or_default();
        inside.iter().all(is_whole) && !mask::is_secret_key(key)
    });
    let opened: Vec<Span> =
        read.map(|(pointer, _)| document.root.pointer(pointer).node.span).collect();
    let mut secrets = mask::in_tree(&document.root);
    secrets.retain(|secret| !opened.contains(secret));
    secrets.extend(document.inside.values().flatten().flatten().flat_map(self::secrets));
    secrets
}

/// Moves a document from its own text into the one around it.
fn relocate(read: &mut Read, written: &Written) {
    match read {
        Ok(document) => {
            document.span = written.span(document.span);
            relocate_node(&mut document.root, written);
            for fault in &mut document.faults {
                fault.span = written.span(fault.span);
            }
            document.inside.values_mut().flatten().for_each(|read| relocate(read, written));
        }
        Err(error) => error.span = written.span(error.span),
    }
}

/// No deeper than the reader lets trees be.
fn relocate_node(node: &mut Node, written: &Written) {
    node.span = written.span(node.span);
    match &mut node.value {
        Value::Sequence(items) => items.iter_mut().for_each(|item| relocate_node(item, written)),
        Value::Mapping(entries) => entries.iter_mut().for_each(|entry| {
            entry.key_span = written.span(entry.key_span);
            relocate_node(&mut entry.node, written);
        }),
        _ => {}
    }
}

fn values(node: &Node) -> usize {
    1 + match &node.value {
        Value::Sequence(items) => items.iter().map(values).sum(),
        Value::Mapping(entries) => entries.iter().map(|entry| 1 + values(&entry.node)).sum(),
        _ => 0,
    }
}

fn too_deep(span: Span) -> ReadError {
    let message = format!("texts nest deeper than {MAX_TEXTS} levels in strings");
    ReadError::new(span, message, "take the objects out of the text, into documents of their own")
}

fn too_much(text: &str, name: &str, limit: usize) -> ReadError {
    let span = Span { start: 0, end: text.len() };
    let message = format!("the texts inside the input hold more than {limit} {name}");
    ReadError::new(span, message, format!("split the input, or raise the limit `{name}`"))
}
