//! The tree that the reader makes: plain values, each with the bytes that it came from.

/// A range of bytes in an artifact, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// The bytes of the value (of a mapping or sequence: from its first to its last item).
    pub span: Span,
}

/// A value as the API server would see it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A whole number, written without fraction or exponent, that fits 64 bits.
    Integer(i64),
    /// Any other number, as JSON text.
    Number(Box<str>),
    /// A string.
    String(Box<str>),
    /// A sequence.
    Sequence(Vec<Node>),
    /// A mapping in the order written; keys are unique (the last of duplicates stays).
    Mapping(Vec<Entry>),
}

/// One entry of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key as a string.
    pub key: Box<str>,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

/// How far a JSON pointer leads into a tree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reached<'a> {
    /// The deepest value on the way.
    pub node: &'a Node,
    /// Where that value's key stands, if it has one.
    pub key_span: Option<Span>,
    /// Whether it is the value that was asked for.
    pub whole: bool,
}

impl Node {
    /// The value under `key`, where this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The entry of `key`, where this is a mapping that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.as_mapping()?.iter().find(|entry| &*entry.key == key)
    }

    /// The entries, where this is a mapping.
    pub fn as_mapping(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// The items, where this is a sequence.
    pub fn as_sequence(&self) -> Option<&[Self]> {
        match &self.value {
            Value::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// The string, where this is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Whether this is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// What the value is, for messages: `a string`, `a mapping`, ….
    pub const fn describe(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Boolean(_) => "a boolean",
            Value::Integer(_) => "a whole number",
            Value::Number(_) => "a number that is not whole",
            Value::String(_) => "a string",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }

    /// The value at a JSON pointer, or as far towards it as there are values: its place, and
    /// whether the pointer's end was reached. Where a key is missing, that is the place of the key
    /// under which it would stand.
    pub fn pointer(&self, pointer: &str) -> Reached<'_> {
        let mut reached = Reached { node: self, key_span: None, whole: true };
        for step in pointer.split('/').skip(1) {
            let step = step.replace("~1", "/").replace("~0", "~");
            let next = match &reached.node.value {
                Value::Mapping(_) => {
                    reached.node.entry(&step).map(|entry| (&entry.node, Some(entry.key_span)))
                }
                Value::Sequence(items) => step
                    .parse()
                    .ok()
                    .and_then(|index: usize| items.get(index))
                    .map(|node| (node, None)),
                _ => None,
            };
            let Some((node, key_span)) = next else {
                return Reached { whole: false, ..reached };
            };
            reached = Reached { node, key_span, whole: true };
        }
        reached
    }

    /// The value as JSON. Not for text that people read: secrets are in it.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Boolean(truth) => (*truth).into(),
            Value::Integer(whole) => (*whole).into(),
            // As in Go, what is no 64-bit whole number is a float.
            Value::Number(text) => match text.parse::<u64>() {
                Ok(whole) => whole.into(),
                Err(_) => text.parse::<f64>().ok().into(),
            },
            Value::String(text) => (&**text).into(),
            Value::Sequence(items) => items.iter().map(Self::to_json).collect(),
            Value::Mapping(entries) => {
                entries.iter().map(|entry| (&*entry.key, entry.node.to_json())).collect()
            }
        }
    }
}

impl Reached<'_> {
    /// What to show: the value where it was reached, else the key under which it is missing. A
    /// list or mapping that has a key and content is shown by its key: its first line says less.
    pub fn span(&self) -> Span {
        let by_key = !self.whole
            || match &self.node.value {
                Value::Sequence(items) => !items.is_empty(),
                Value::Mapping(entries) => !entries.is_empty(),
                _ => false,
            };
        self.key_span.filter(|_| by_key).unwrap_or(self.node.span)
    }
}
