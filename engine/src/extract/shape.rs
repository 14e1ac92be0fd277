//! The shape of an object's fields: what is of another type, or has no place, becomes a problem.
//!
//! Must not know any kind. `{maxPods: "250"}` against a shape in which `maxPods` is a whole number →
//! a `wrong_type` there.

use rollgate_facts::{Locator, Problem, ProblemKind};
use serde_json::{Map, Value as Json};

use crate::extract::fields::{unknown_field, wrong_type};
use crate::text::{Entry, Node, Value};

/// What a value may be. `null` stands for absent.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    /// Anything.
    Any,
    /// A boolean.
    Boolean,
    /// A whole number.
    Integer,
    /// A string.
    Text,
    /// One of these strings; the empty one counts as not written.
    OneOf(&'static [&'static str]),
    /// A whole number or a string.
    IntegerOrText,
    /// A list.
    List(&'static Self),
    /// A mapping with values of one shape.
    Map(&'static Self),
    /// A mapping with these fields.
    Fields(&'static [(&'static str, Self)]),
}

impl Shape {
    /// The value as JSON, without what does not fit: that becomes a problem, and stands as if it were
    /// not written, so that policies read values of one type only. The value stands at `at`; the
    /// reader bounds how deep it goes.
    pub(super) fn fit(
        self,
        node: &Node,
        at: &Locator,
        problems: &mut Vec<Problem>,
    ) -> Option<Json> {
        match (self, &node.value) {
            (_, Value::Null) => None,
            (Self::OneOf(values), Value::String(text))
                if !text.is_empty() && !values.contains(&text.as_ref()) =>
            {
                problems.push(not_one_of(at.clone(), text, values));
                None
            }
            (Self::Any, _)
            | (Self::Boolean, Value::Boolean(_))
            | (Self::Integer, Value::Integer(_))
            | (Self::Text | Self::OneOf(_), Value::String(_))
            | (Self::IntegerOrText, Value::Integer(_) | Value::String(_)) => Some(node.to_json()),
            (Self::List(shape), Value::Sequence(items)) => {
                // In Go a null item is an empty one; to leave it out would move those after it.
                let item = |(index, item): (usize, &Node)| {
                    shape.fit(item, &at.index(index), problems).unwrap_or_else(|| shape.empty())
                };
                Some(items.iter().enumerate().map(item).collect())
            }
            (Self::Map(shape), Value::Mapping(entries)) => {
                let entry = |entry: &Entry| {
                    let value = shape.fit(&entry.node, &at.key(&entry.key), problems)?;
                    Some((entry.key.to_string(), value))
                };
                Some(entries.iter().filter_map(entry).collect::<Map<_, _>>().into())
            }
            (Self::Fields(fields), Value::Mapping(entries)) => {
                let entry = |entry: &Entry| {
                    let at = at.key(&entry.key);
                    let known = fields.iter().find(|(name, _)| *name == &*entry.key);
                    let value = if let Some((_, shape)) = known {
                        shape.fit(&entry.node, &at, problems)?
                    } else {
                        problems.push(unknown(at, &entry.key, fields));
                        entry.node.to_json()
                    };
                    Some((entry.key.to_string(), value))
                };
                Some(entries.iter().filter_map(entry).collect::<Map<_, _>>().into())
            }
            _ => {
                problems.push(wrong_type(at.clone(), node, self.describe()));
                None
            }
        }
    }

    fn empty(self) -> Json {
        match self {
            Self::Any => Json::Null,
            Self::Boolean => false.into(),
            Self::Integer => 0.into(),
            Self::Text | Self::OneOf(_) | Self::IntegerOrText => "".into(),
            Self::List(_) => Json::Array(Vec::new()),
            Self::Map(_) | Self::Fields(_) => Map::new().into(),
        }
    }

    const fn describe(self) -> &'static str {
        match self {
            Self::Any => "anything",
            Self::Boolean => "a boolean",
            Self::Integer => "a whole number",
            Self::Text | Self::OneOf(_) => "a string",
            Self::IntegerOrText => "a whole number or a string",
            Self::List(Self::Text) => "a list of strings",
            Self::List(_) => "a list of mappings",
            Self::Map(_) | Self::Fields(_) => "a mapping",
        }
    }
}

fn not_one_of(at: Locator, text: &str, values: &[&str]) -> Problem {
    let text = format!("`{text}` is not one of `{}`", values.join("`, `"));
    Problem { kind: ProblemKind::WrongType, at, text }
}

fn unknown(at: Locator, key: &str, fields: &[(&'static str, Shape)]) -> Problem {
    let known: Vec<_> = fields.iter().map(|(name, _)| *name).collect();
    unknown_field(at, key, &known, &[])
}
