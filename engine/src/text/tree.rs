//! From the parser's events to a tree of nodes.
//!
//! Owns keys, duplicates, anchors, merges and the budget that stops an alias bomb. Must not know
//! what a scalar's text means (see `scalar`) or how text becomes events. Nothing here recurses.

use std::collections::BTreeMap;

use granit_parser::{Event, ScalarStyle};

use super::read::too_deep;
use super::scalar::{self, Scalar, ScalarError, Tag};
use super::{Entry, Fault, FaultKind, Node, ReadError, Span, Value};
use crate::Limits;

/// The tree of one document, while it grows.
pub(super) struct Tree<'a> {
    limits: &'a Limits,
    /// Where the document starts in the artifact.
    start: usize,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Anchored>,
    spent: Size,
    faults: Vec<Fault>,
    root: Option<Node>,
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
    pub(super) fn new(limits: &'a Limits, start: usize) -> Self {
        Self {
            limits,
            start,
            open: Vec::new(),
            anchors: BTreeMap::new(),
            spent: Size::default(),
            faults: Vec::new(),
            root: None,
        }
    }

    /// Takes the parser's next event.
    pub(super) fn event(
        &mut self,
        event: Event<'_>,
        span: granit_parser::Span,
    ) -> Result<(), ReadError> {
        let span = self.locate(span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let tag = match tag.as_deref() {
                    None => Tag::None,
                    Some(tag) => tag.core_suffix().map_or(Tag::Foreign, Tag::Core),
                };
                let plain = style == ScalarStyle::Plain;
                // The parser writes `~` where nothing stands.
                let text = if plain && span.start == span.end { "" } else { &*text };
                self.scalar(Scalar { text, plain, tag }, anchor, span)
            }
            Event::SequenceStart(_, anchor, _) => {
                self.begin(Items::Sequence(Vec::new()), anchor, span)
            }
            Event::MappingStart(_, anchor, _) => {
                self.begin(Items::Mapping { entries: Vec::new(), key: None }, anchor, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            _ => Ok(()),
        }
    }

    /// The document's root, unless it is empty, and its faults in the order written.
    pub(super) fn finish(mut self) -> (Option<Node>, Vec<Fault>) {
        self.faults.sort_by_key(|fault| fault.span);
        (self.root.filter(|root| !root.is_null()), self.faults)
    }

    fn locate(&self, span: granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or_default();
        Span { start: self.start + range.start, end: self.start + range.end }
    }

    fn scalar(&mut self, scalar: Scalar<'_>, anchor: usize, span: Span) -> Result<(), ReadError> {
        let size = Size { nodes: 1, bytes: scalar.text.len() };
        self.spend(size, span)?;
        let unreadable = |error: ScalarError| {
            ReadError::new(
                span,
                error.to_string(),
                "correct the value; the document was not judged",
            )
        };
        if self.awaits_key() {
            let merge = scalar.text == "<<"
                && match scalar.tag {
                    Tag::None => scalar.plain,
                    tag => tag == Tag::Core("merge"),
                };
            let text = scalar::key(scalar).map_err(unreadable)?;
            if anchor != 0 {
                let value = Value::String(text.clone());
                self.anchors
                    .insert(anchor, Anchored { node: Node { value, span }, size, height: 0 });
            }
            self.set_key(Key { text, span, merge });
            return Ok(());
        }
        let value = scalar::resolve(scalar).map_err(unreadable)?;
        let node = Node { value, span: self.or_key(span) };
        self.complete(node, anchor, size, 0)
    }

    fn begin(&mut self, items: Items, anchor: usize, span: Span) -> Result<(), ReadError> {
        if self.awaits_key() {
            return Err(complex_key(span));
        }
        if self.open.len() >= self.limits.depth {
            return Err(too_deep(self.limits, span));
        }
        let before = self.spent;
        self.spend(Size { nodes: 1, bytes: 0 }, span)?;
        self.open.push(Open { items, span, anchor, before, height: 0 });
        Ok(())
    }

    fn end(&mut self, end: Span) -> Result<(), ReadError> {
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

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), ReadError> {
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
        match node.value {
            Value::String(text) => self.set_key(Key { text, span, merge: false }),
            _ => return Err(complex_key(span)),
        }
        Ok(())
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

    fn awaits_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { items: Items::Mapping { key: None, .. }, .. }))
    }

    fn set_key(&mut self, new: Key) {
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
        // Text is bounded by the input's size unless aliases repeat it.
        if self.spent.nodes <= self.limits.nodes
            && self.spent.bytes <= self.limits.input_bytes.saturating_mul(2)
        {
            return Ok(());
        }
        let message = format!("the document expands to more than {} values", self.limits.nodes);
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

fn complex_key(span: Span) -> ReadError {
    let message = "a key is a list or a mapping; the API server takes only strings, numbers and \
                   booleans";
    ReadError::new(span, message, "quote the key if a string is meant")
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
