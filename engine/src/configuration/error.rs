//! Why a configuration is not valid: a place, what is wrong, and the remedy.
//!
//! Owns how serde's words read to people: ``unknown field `x`, expected one of `y`, `z` `` becomes
//! ``the configuration has an unknown field `x` `` with the help ``did you mean `y`? ``. A profile reads alike.

use std::collections::BTreeSet;

use serde_path_to_error::Segment;

use super::written::InvalidValue;
use crate::closest;
use crate::policy::Rule;
use crate::report::{Diagnostic, Place};
use crate::text::{Document, Fault, Node, ReadError, Source, Span};

/// A document that is read, and what people call it: `configuration` or `profile`.
pub(super) struct Named<'a> {
    pub(super) noun: &'static str,
    pub(super) source: &'a Source,
}

/// Why a configuration or a profile is not valid.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error(transparent)]
#[diagnostic(transparent)]
pub struct ConfigurationError(Box<Diagnostic>);

impl ConfigurationError {
    pub(super) fn unreadable(named: &Named<'_>, error: &ReadError) -> Self {
        let help = "correct the file: nothing is judged without a valid configuration";
        Self::new(named, error.span, &format!("cannot be read: {}", error.message), help)
    }

    pub(super) fn second(named: &Named<'_>, second: &Document) -> Self {
        let help = "keep one; `---` starts another document";
        Self::new(named, second.span, "has more than one document", help)
    }

    pub(super) fn fault(named: &Named<'_>, fault: &Fault) -> Self {
        Self::new(named, fault.span, &format!("is not valid: {}", fault.text), "keep one of them")
    }

    pub(super) fn invalid(named: &Named<'_>, root: &Node, error: &InvalidValue) -> Self {
        let message = error.inner().to_string();
        let path = error.path();
        let reached = root.pointer(&pointer(error));
        match Unknown::of(&message) {
            Some(unknown) if message.starts_with("unknown field") => {
                let span = reached.key_span.unwrap_or(reached.node.span);
                let what = format!("has an unknown field `{}`", unknown.word);
                Self::new(named, span, &what, &unknown.help())
            }
            Some(unknown) => {
                let what = format!("is not valid at `{path}`: `{}` is unknown", unknown.word);
                Self::new(named, reached.span(), &what, &unknown.help())
            }
            None => {
                let what = format!("is not valid at `{path}`: {message}");
                Self::new(named, reached.span(), &what, remedy(&message))
            }
        }
    }

    pub(crate) fn unknown_rule(
        noun: &'static str,
        rule: &str,
        place: &Place,
        known: &[Rule],
    ) -> Self {
        let help = match closest(rule, known.iter().map(|rule| rule.code.as_str())) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "`rollgate policy list` lists the rules".to_owned(),
        };
        Self::at(noun, place, &format!("names a rule that does not exist, `{rule}`"), &help)
    }

    pub(crate) fn unknown_tag(
        noun: &'static str,
        tag: &str,
        place: &Place,
        known: &[Rule],
    ) -> Self {
        let known: BTreeSet<&str> =
            known.iter().flat_map(|rule| &rule.tags).map(String::as_str).collect();
        let help = match closest(tag, known.iter().copied()) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("known are `{}`", Vec::from_iter(known).join("`, `")),
        };
        Self::at(noun, place, &format!("names a tag that no rule has, `{tag}`"), &help)
    }

    pub(crate) fn selects_nothing(noun: &'static str, place: &Place) -> Self {
        let help = "a rule must match in all that is given; split it into several entries";
        Self::at(noun, place, "has a selection that no rule matches", help)
    }

    pub(super) fn parameter(place: Option<&Place>, what: &str, help: &str) -> Self {
        let message = format!("the configuration {what}");
        let diagnostic = Diagnostic::new("configuration", &message, help);
        Self(Box::new(place.into_iter().fold(diagnostic, |all, place| all.at(place, "here"))))
    }

    pub(super) fn new(named: &Named<'_>, span: Span, what: &str, help: &str) -> Self {
        Self::at(named.noun, &named.source.place(span), what, help)
    }

    fn at(noun: &str, place: &Place, what: &str, help: &str) -> Self {
        let message = format!("the {noun} {what}");
        Self(Box::new(Diagnostic::new(noun, &message, help).at(place, "here")))
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
