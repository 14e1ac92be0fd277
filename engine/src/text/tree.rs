//! The tree of one document, while it grows.
//!
//! Owns keys, duplicates, anchors, merges, depth and the budget that stops an alias bomb. Must not
//! know what a scalar's text means (see `scalar`) or who reads it (see `yaml` and `json`): they call
//! `begin`, `scalar` and `end` as they come along. Nothing here recurses.

use std::collections::BTreeMap;

use super::scalar;
use super::{Entry, Fault, FaultKind, Node, ReadError, Span, Value};
use crate::Limits;

/// The tree of one document, while it grows.
pub(super) struct Tree<'a> {
    limits: &'a Limits,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Anchored>,
    spent: Size,
    faults: Vec<Fault>,
    root: Option<Node>,
}

/// What holds other values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Collection {
    /// A list.
    Sequence,
    /// Keys and values.
    Mapping,
}

/// A sequence or mapping whose end is still to come.
struct Open {
    items: Items,
    span: Span,
    anchor: usize,
    /// What was spent when it began.
    before: Size,
    /// How many levels its deepest item so far has.
    height: usize,
}

enum Items {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Written>, key: Option<Key> },
}

/// An entry as written, or as merged from elsewhere.
struct Written {
    entry: Entry,
    merged: bool,
}

struct Key {
    text: Box<str>,
    span: Span,
    merge: bool,
}

/// A node that aliases may repeat.
struct Anchored {
    node: Node,
    size: Size,
    height: usize,
}

/// How much memory nodes take, roughly.
#[derive(Clone, Copy, Default)]
struct Size {
    nodes: usize,
    bytes: usize,
}

impl<'a> Tree<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            open: Vec::new(),
            anchors: BTreeMap::new(),
            spent: Size::default(),
            faults: Vec::new(),
            root: None,
        }
    }

    /// The document's root, unless it is empty, and its faults in the order written.
    pub(super) fn finish(mut self) -> (Option<Node>, Vec<Fault>) {
        self.faults.sort_by_key(|fault| fault.span);
        (self.root.filter(|root| !root.is_null()), self.faults)
    }

    /// Whether the next value is a key.
    pub(super) fn awaits_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { items: Items::Mapping { key: None, .. }, .. }))
    }

    /// Takes a scalar, which may be a key; `anchor` is 0 where it has none.
    pub(super) fn scalar(
        &mut self,
        value: Value,
        anchor: usize,
        span: Span,
    ) -> Result<(), ReadError> {
        let bytes = if let Value::String(text) = &value { text.len() } else { 0 };
        let size = Size { nodes: 1, bytes };
        self.spend(size, span)?;
        if !self.awaits_key() {
            let node = Node { value, span: self.or_key(span) };
            return self.complete(node, anchor, size, 0);
        }
        self.set_key(&value, span)?;
        if anchor != 0 {
            let node = Node { value, span };
            self.anchors.insert(anchor, Anchored { node, size, height: 0 });
        }
        Ok(())
    }

    /// Takes the key `<<`, whose value is merged into the mapping.
    pub(super) fn merge_key(&mut self, span: Span) -> Result<(), ReadError> {
        self.spend(Size { nodes: 1, bytes: 0 }, span)?;
        self.put_key(Key { text: "<<".into(), span, merge: true });
        Ok(())
    }

    /// Takes the start of a sequence or mapping.
    pub(super) fn begin(
        &mut self,
        collection: Collection,
        anchor: usize,
        span: Span,
    ) -> Result<(), ReadError> {
        if self.awaits_key() {
            return Err(ReadError::value(span, scalar::ScalarError::Key.to_string()));
        }
        if self.open.len() >= self.limits.depth {
            return Err(too_deep(self.limits, span));
        }
        let before = self.spent;
        self.spend(Size { nodes: 1, bytes: 0 }, span)?;
        let items = match collection {
            Collection::Sequence => Items::Sequence(Vec::new()),
            Collection::Mapping => Items::Mapping { entries: Vec::new(), key: None },
        };
        self.open.push(Open { items, span, anchor, before, height: 0 });
        Ok(())
    }

    /// Takes the end of the collection that is open.
    pub(super) fn end(&mut self, end: Span) -> Result<(), ReadError> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let size = self.spent.since(open.before);
        let (value, last) = match open.items {
            Items::Sequence(items) => {
                let last = items.last().map(|item| item.span.end);
                (Value::Sequence(items), last)
            }
            Items::Mapping { entries, .. } => {
                let last = entries.iter().filter(|written| !written.merged);
                let last = last
                    .map(|written| written.entry.node.span.end.max(written.entry.key_span.end))
                    .max();
                (Value::Mapping(self.unify(entries)), last)
            }
        };
        // A block ends where its last item does, not at the line that follows; brackets count.
        let end = if end.start == end.end { last.unwrap_or(open.span.end) } else { end.end };
        let span = Span { start: open.span.start, end: end.max(open.span.start) };
        self.complete(Node { value, span }, open.anchor, size, open.height + 1)
    }

    /// Takes a repetition of an earlier value.
    pub(super) fn alias(&mut self, anchor: usize, span: Span) -> Result<(), ReadError> {
        let Some(anchored) = self.anchors.get(&anchor) else {
            let message = "an alias stands inside the value that it repeats";
            return Err(ReadError::new(span, message, "write the value out"));
        };
        let (size, height) = (anchored.size, anchored.height);
        if self.open.len() + height > self.limits.depth {
            return Err(too_deep(self.limits, span));
        }
        // Before the copy is made, or there would be no point.
        self.spent.add(size);
        self.within_budget(span)?;
        let Some(node) = self.anchors.get(&anchor).map(|anchored| anchored.node.clone()) else {
            return Ok(());
        };
        if !self.awaits_key() {
            return self.complete(node, 0, size, height);
        }
        self.set_key(&node.value, span)
    }

    /// Puts a whole node into the collection that is open, or makes it the root.
    fn complete(
        &mut self,
        node: Node,
        anchor: usize,
        size: Size,
        height: usize,
    ) -> Result<(), ReadError> {
        if anchor != 0 {
            self.spend(size, node.span)?;
            self.anchors.insert(anchor, Anchored { node: node.clone(), size, height });
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        open.height = open.height.max(height);
        match &mut open.items {
            Items::Sequence(items) => items.push(node),
            Items::Mapping { entries, key } => match key.take() {
                Some(key) if key.merge => return merge(entries, node),
                Some(Key { text, span, .. }) => {
                    let entry = Entry { key: text, key_span: span, node };
                    entries.push(Written { entry, merged: false });
                }
                None => {}
            },
        }
        Ok(())
    }

    /// The entries with unique keys: the last of duplicates stays, and two of them written in one
    /// mapping are a fault. (The second may come from a merge, which is no fault.)
    fn unify(&mut self, written: Vec<Written>) -> Vec<Entry> {
        let mut order: Vec<usize> = (0..written.len()).collect();
        let key = |index: usize| written.get(index).map(|written| &*written.entry.key);
        order.sort_by_key(|&index| key(index));
        let mut superseded = vec![false; written.len()];
        for pair in order.windows(2) {
            let &[first, second] = pair else { continue };
            if key(first) != key(second) {
                continue;
            }
            if let Some(superseded) = superseded.get_mut(first) {
                *superseded = true;
            }
        }
        self.report_duplicates(&written, &order);
        let kept = written.into_iter().zip(superseded).filter(|(_, superseded)| !superseded);
        kept.map(|(written, _)| written.entry).collect()
    }

    fn report_duplicates(&mut self, written: &[Written], order: &[usize]) {
        let mut first: Option<&Entry> = None;
        for written in order.iter().filter_map(|&index| written.get(index)) {
            if written.merged {
                continue;
            }
            let entry = &written.entry;
            if first.is_some_and(|first| first.key == entry.key) {
                self.faults.push(Fault {
                    kind: FaultKind::DuplicateKey,
                    pointer: format!("{}/{}", self.pointer(), escape(&entry.key)),
                    span: entry.key_span,
                    text: format!("the key `{}` stands twice; the last one counts", entry.key),
                });
            }
            first = Some(entry);
        }
    }

    /// The JSON pointer of the value that is being read.
    fn pointer(&self) -> String {
        self.open.iter().fold(String::new(), |pointer, open| match &open.items {
            Items::Sequence(items) => format!("{pointer}/{}", items.len()),
            Items::Mapping { key: Some(key), .. } => format!("{pointer}/{}", escape(&key.text)),
            Items::Mapping { key: None, .. } => pointer,
        })
    }

    fn set_key(&mut self, value: &Value, span: Span) -> Result<(), ReadError> {
        let text = scalar::key(value).map_err(|error| ReadError::value(span, error.to_string()))?;
        self.put_key(Key { text, span, merge: false });
        Ok(())
    }

    fn put_key(&mut self, new: Key) {
        if let Some(Open { items: Items::Mapping { key, .. }, .. }) = self.open.last_mut() {
            *key = Some(new);
        }
    }

    /// The place of a value: where nothing is written, its key stands for it.
    fn or_key(&self, span: Span) -> Span {
        match self.open.last() {
            Some(Open { items: Items::Mapping { key: Some(key), .. }, .. })
                if span.start == span.end =>
            {
                key.span
            }
            _ => span,
        }
    }

    fn spend(&mut self, size: Size, span: Span) -> Result<(), ReadError> {
        self.spent.add(size);
        self.within_budget(span)
    }

    fn within_budget(&self, span: Span) -> Result<(), ReadError> {
        let (nodes, bytes) = (self.limits.nodes, self.limits.input_bytes.saturating_mul(2));
        let message = if self.spent.nodes > nodes {
            format!("the document expands to more than {nodes} values")
        } else if self.spent.bytes > bytes {
            // Only aliases make more text of an input than it has.
            format!("the document's aliases expand to more than {bytes} bytes")
        } else {
            return Ok(());
        };
        Err(ReadError::new(span, message, "write it without aliases, or raise the limit `nodes`"))
    }
}

impl Size {
    fn add(&mut self, other: Self) {
        self.nodes = self.nodes.saturating_add(other.nodes);
        self.bytes = self.bytes.saturating_add(other.bytes);
    }

    const fn since(self, before: Self) -> Self {
        Self {
            nodes: self.nodes.saturating_sub(before.nodes),
            bytes: self.bytes.saturating_sub(before.bytes),
        }
    }
}

/// What `<<` does: its place among the entries decides who wins, as upstream, and of a sequence
/// of mappings the first.
fn merge(entries: &mut Vec<Written>, node: Node) -> Result<(), ReadError> {
    let span = node.span;
    let sources = match node.value {
        Value::Sequence(sources) => sources,
        _ => vec![node],
    };
    for source in sources.into_iter().rev() {
        let Value::Mapping(merged) = source.value else {
            let message = "`<<` takes a mapping or a list of mappings";
            return Err(ReadError::new(
                span,
                message,
                "correct the merge; the document was not judged",
            ));
        };
        entries.extend(merged.into_iter().map(|entry| Written { entry, merged: true }));
    }
    Ok(())
}

pub(super) fn too_deep(limits: &Limits, span: Span) -> ReadError {
    let message = format!("the document nests deeper than {} levels", limits.depth);
    ReadError::new(span, message, "flatten it, or raise the limit `depth`")
}

/// A key as a step of a JSON pointer (RFC 6901 section 3).
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
