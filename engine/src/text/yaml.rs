//! YAML: from the parser's events to a tree.
//!
//! Owns all that names the parser, and how its errors read. Must not know how the tree is built.

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError};

use super::scalar::{self, Scalar, Tag};
use super::tree::{Collection, Tree, too_deep};
use super::{ReadError, Span};
use crate::Limits;

/// The namespace of YAML's own tags, which `!!` stands for.
const CORE: &str = "tag:yaml.org,2002:";

/// Reads one document that starts at the byte `start` of its artifact.
pub(super) fn read<'a>(
    limits: &'a Limits,
    text: &str,
    start: usize,
) -> Result<Tree<'a>, ReadError> {
    let mut tree = Tree::new(limits);
    let options = granit_parser::options! {
        emit_comments: false,
        flow_nesting_limit: limits.depth,
        block_nesting_limit: limits.depth,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| syntax_error(limits, start, text, &error))?;
        let range = span.byte_range().unwrap_or_default();
        let span = Span { start: start + range.start, end: start + range.end };
        take(&mut tree, event, span)?;
    }
    Ok(tree)
}

fn take(tree: &mut Tree<'_>, event: Event<'_>, span: Span) -> Result<(), ReadError> {
    match event {
        Event::Scalar(text, style, anchor, tag) => {
            let suffix = tag.as_deref().map(|tag| tag.suffix_in_namespace(CORE));
            let tag = match &suffix {
                None => Tag::None,
                Some(suffix) => suffix.as_deref().map_or(Tag::Foreign, Tag::Core),
            };
            let plain = style == ScalarStyle::Plain;
            // The parser writes `~` where nothing stands.
            let text = if plain && span.start == span.end { "" } else { &*text };
            if tree.awaits_key() && is_merge(text, plain, tag) {
                return tree.merge_key(span);
            }
            let value = scalar::resolve(Scalar { text, plain, tag });
            let value = value.map_err(|error| ReadError::value(span, error.to_string()))?;
            tree.scalar(value, anchor, span)
        }
        Event::SequenceStart(_, anchor, _) => tree.begin(Collection::Sequence, anchor, span),
        Event::MappingStart(_, anchor, _) => tree.begin(Collection::Mapping, anchor, span),
        Event::SequenceEnd | Event::MappingEnd => tree.end(span),
        Event::Alias(anchor) => tree.alias(anchor, span),
        _ => Ok(()),
    }
}

fn is_merge(text: &str, plain: bool, tag: Tag<'_>) -> bool {
    text == "<<" && if tag == Tag::None { plain } else { tag == Tag::Core("merge") }
}

fn syntax_error(limits: &Limits, start: usize, text: &str, error: &ScanError) -> ReadError {
    let offset = error.marker().byte_offset().unwrap_or(0).min(text.len());
    let rest = text.get(offset..).unwrap_or_default();
    // An error at the very end has nothing to show there: show the last character that is text.
    let (offset, character) = match rest.chars().next().filter(|_| !rest.trim().is_empty()) {
        Some(character) => (offset, Some(character)),
        None => match text.trim_end().char_indices().next_back() {
            Some((last, character)) => (last, Some(character)),
            None => (offset, None),
        },
    };
    let length = character.map_or(0, char::len_utf8);
    let span = Span { start: start + offset, end: start + offset + length };
    match error.kind() {
        ErrorKind::RecursionLimitExceeded => too_deep(limits, span),
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation => {
            ReadError::new(span, "a tab stands in the indentation", "indent with spaces")
        }
        _ => ReadError::new(
            span,
            format!("the document is not valid YAML: {}", error.info()),
            "correct the syntax; the document was not judged",
        ),
    }
}
