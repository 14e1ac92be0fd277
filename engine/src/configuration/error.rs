//! Why a configuration is not valid: a place, what is wrong, and the remedy.

use std::fmt;

use miette::{Diagnostic, LabeledSpan, SourceCode};
use serde_path_to_error::Segment;

use super::written::InvalidValue;
use crate::closest;
use crate::report::{Place, Snippets};
use crate::text::{Document, Fault, Node, ReadError, Source, Span};

/// Why a configuration is not valid.
#[derive(Debug, thiserror::Error)]
#[error("the configuration {what}")]
pub struct ConfigurationError {
    what: String,
    /// What to do.
    pub help: String,
    /// Where it stands.
    pub place: Place,
    snippets: Snippets,
}

impl ConfigurationError {
    pub(super) fn unreadable(source: &Source, error: &ReadError) -> Self {
        let what = format!("cannot be read: {}", error.message);
        Self::new(source, error.span, what, error.help.clone())
    }

    pub(super) fn second(source: &Source, second: &Document) -> Self {
        let help = "keep one; `---` starts another document";
        Self::new(source, second.span, "has more than one document".to_owned(), help.to_owned())
    }

    pub(super) fn fault(source: &Source, fault: &Fault) -> Self {
        let help = "keep one of them".to_owned();
        Self::new(source, fault.span, format!("is not valid: {}", fault.text), help)
    }

    pub(super) fn invalid(source: &Source, root: &Node, error: &InvalidValue) -> Self {
        let message = error.inner().to_string();
        let reached = root.pointer(&pointer(error));
        if message.starts_with("unknown field") {
            let span = reached.key_span.unwrap_or(reached.node.span);
            let (what, help) = unknown(&message);
            return Self::new(source, span, format!("has an {what}"), help);
        }
        let (what, help) = if message.starts_with("unknown variant") {
            let (what, help) = unknown(&message);
            (what.replacen("variant", "value", 1), help)
        } else {
            let help = remedy(&message);
            (message, help)
        };
        Self::new(source, reached.span(), format!("is not valid: {what}"), help)
    }

    fn new(source: &Source, span: Span, what: String, help: String) -> Self {
        let place = source.place(span);
        let snippets = Snippets::default().with(&place, Some("here".to_owned()));
        Self { what, help, place, snippets }
    }
}

impl Diagnostic for ConfigurationError {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new("configuration"))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.snippets)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.snippets.labels()
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

/// Takes serde's ``unknown field `x`, expected one of `y`, `z` `` apart.
fn unknown(message: &str) -> (String, String) {
    let (what, _) = message.split_once(", expected").unwrap_or((message, ""));
    let mut words = message.split('`').skip(1).step_by(2);
    let word = words.next().unwrap_or_default();
    let known: Vec<&str> = words.collect();
    let help = match closest(word, known.iter().copied()) {
        Some(known) => format!("did you mean `{known}`?"),
        None if known.is_empty() => "remove it".to_owned(),
        None => format!("known are `{}`", known.join("`, `")),
    };
    (what.to_owned(), help)
}

fn remedy(message: &str) -> String {
    let remedy = if message.starts_with("missing field `reason`")
        || message.starts_with("missing field `owner`")
        || message.starts_with("missing field `until`")
    {
        "say why, who answers for it and until when"
    } else if message.starts_with("missing field") {
        "add it"
    } else if message.ends_with("expected a string") {
        "put the value in quotes"
    } else {
        "correct the value"
    };
    remedy.to_owned()
}
