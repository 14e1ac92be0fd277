//! Why a configuration is not valid: a place, what is wrong, and the remedy.
//!
//! Owns how serde's words read to people: ``unknown field `x`, expected one of `y`, `z` `` becomes
//! ``the configuration has an unknown field `x` `` with the help ``did you mean `y`? ``.

use serde_path_to_error::Segment;

use super::written::InvalidValue;
use crate::closest;
use crate::report::{Diagnostic, Place};
use crate::text::{Document, Fault, Node, ReadError, Source, Span};

/// Why a configuration is not valid.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error(transparent)]
#[diagnostic(transparent)]
pub struct ConfigurationError(Box<Diagnostic>);

impl ConfigurationError {
    pub(super) fn unreadable(source: &Source, error: &ReadError) -> Self {
        let help = "correct the file: nothing is judged without a valid configuration";
        Self::new(source, error.span, &format!("cannot be read: {}", error.message), help)
    }

    pub(super) fn second(source: &Source, second: &Document) -> Self {
        let help = "keep one; `---` starts another document";
        Self::new(source, second.span, "has more than one document", help)
    }

    pub(super) fn fault(source: &Source, fault: &Fault) -> Self {
        Self::new(source, fault.span, &format!("is not valid: {}", fault.text), "keep one of them")
    }

    pub(super) fn invalid(source: &Source, root: &Node, error: &InvalidValue) -> Self {
        let message = error.inner().to_string();
        let path = error.path();
        let reached = root.pointer(&pointer(error));
        match Unknown::of(&message) {
            Some(unknown) if message.starts_with("unknown field") => {
                let span = reached.key_span.unwrap_or(reached.node.span);
                let what = format!("has an unknown field `{}`", unknown.word);
                Self::new(source, span, &what, &unknown.help())
            }
            Some(unknown) => {
                let what = format!("is not valid at `{path}`: `{}` is unknown", unknown.word);
                Self::new(source, reached.span(), &what, &unknown.help())
            }
            None => {
                let what = format!("is not valid at `{path}`: {message}");
                Self::new(source, reached.span(), &what, remedy(&message))
            }
        }
    }

    pub(super) fn unknown_rule<'a>(
        rule: &str,
        place: &Place,
        known: impl Iterator<Item = &'a str>,
    ) -> Self {
        let help = match closest(rule, known) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "`rollgate policy list` lists the rules".to_owned(),
        };
        Self::at(place, &format!("names a rule that does not exist, `{rule}`"), &help)
    }

    fn new(source: &Source, span: Span, what: &str, help: &str) -> Self {
        Self::at(&source.place(span), what, help)
    }

    fn at(place: &Place, what: &str, help: &str) -> Self {
        let message = format!("the configuration {what}");
        Self(Box::new(Diagnostic::new("configuration", &message, help).at(place, "here")))
    }
}

/// The JSON pointer of the value at fault.
fn pointer(error: &InvalidValue) -> String {
    error.path().iter().fold(String::new(), |pointer, segment| match segment {
        Segment::Seq { index } => format!("{pointer}/{index}"),
        Segment::Map { key } | Segment::Enum { variant: key } => {
            format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
        }
        Segment::Unknown => pointer,
    })
}

/// A word that is none of those known.
struct Unknown<'a> {
    word: &'a str,
    known: Vec<&'a str>,
}

impl<'a> Unknown<'a> {
    /// Takes serde's message of an unknown field or variant apart.
    fn of(message: &'a str) -> Option<Self> {
        let (_, rest) = message.strip_prefix("unknown ")?.split_once('`')?;
        let (word, expected) = rest.split_once("`, expected ")?;
        Some(Self { word, known: expected.split('`').skip(1).step_by(2).collect() })
    }

    fn help(&self) -> String {
        match closest(self.word, self.known.iter().copied()) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("known are `{}`", self.known.join("`, `")),
        }
    }
}

fn remedy(message: &str) -> &'static str {
    if message.starts_with("missing field") {
        "add the field"
    } else if message.ends_with("expected a string") {
        "put the value in quotes"
    } else {
        "correct the value"
    }
}
