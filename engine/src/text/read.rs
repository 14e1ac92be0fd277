//! The reader: an artifact in, documents out.
//!
//! Owns what can be said of the bytes (encoding, size, count) and how a document's errors read.
//! Must not know what the documents mean. A broken document is an [`ReadError`] beside its
//! neighbours; a document that can be read but is wrong in itself carries [`Fault`]s.

use std::collections::BTreeMap;

use super::split::{self, BYTE_ORDER_MARK};
use super::{Node, Span, json, yaml};
use crate::{Artifact, Limits};

/// One document of an artifact.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Which of the artifact's documents this is, from 0; empty ones are not counted.
    pub index: usize,
    /// The bytes of the document.
    pub span: Span,
    /// What it holds; never `null`.
    pub root: Node,
    /// What is wrong with the text, in the order written.
    pub faults: Vec<Fault>,
    /// The documents that stand as text in a string of this one, by the JSON pointer of the string;
    /// only those that were asked for.
    pub inside: BTreeMap<String, Vec<Result<Self, ReadError>>>,
}

/// Something wrong with a document that can be read all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault.
    pub kind: FaultKind,
    /// The JSON pointer of the value.
    pub pointer: String,
    /// Where the fault stands.
    pub span: Span,
    /// What is wrong: lower case, literals in backticks, never a value.
    pub text: String,
}

/// The kinds of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// A mapping has a key twice; the last stays.
    DuplicateKey,
}

/// A document, or a whole artifact, that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ReadError {
    /// Where reading ended.
    pub span: Span,
    /// What is wrong: lower case, literals in backticks, never a value.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Reads every document of an artifact; those that are empty are skipped.
pub fn read(limits: &Limits, artifact: &Artifact) -> Vec<Result<Document, ReadError>> {
    if let Some(error) = unreadable(limits, artifact.bytes()) {
        return vec![Err(error)];
    }
    let mut documents = Vec::new();
    for span in split::documents(artifact.bytes()) {
        let read = read_document(limits, artifact.bytes(), span, documents.len());
        let Some(document) = read.transpose() else { continue };
        if documents.len() == limits.documents {
            documents.push(Err(too_many(limits, span)));
            break;
        }
        documents.push(document);
    }
    documents
}

impl ReadError {
    pub(super) fn new(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: help.into() }
    }

    /// A value that the API server would not take either.
    pub(super) fn value(span: Span, message: String) -> Self {
        Self::new(span, message, "correct the value; the document was not judged")
    }
}

fn unreadable(limits: &Limits, bytes: &[u8]) -> Option<ReadError> {
    let start = Span { start: 0, end: 0 };
    if bytes.len() > limits.input_bytes {
        let message = format!(
            "the input has {} bytes, more than the limit of {}",
            bytes.len(),
            limits.input_bytes
        );
        return Some(ReadError::new(start, message, "split it, or raise the limit `input_bytes`"));
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let message = "the input is UTF-16: it starts with that byte order mark";
        return Some(ReadError::new(start, message, "save it as UTF-8"));
    }
    None
}

fn too_many(limits: &Limits, span: Span) -> ReadError {
    let message = format!("the input holds more than {} documents", limits.documents);
    ReadError::new(span, message, "split it, or raise the limit `documents`")
}

fn read_document(
    limits: &Limits,
    bytes: &[u8],
    span: Span,
    index: usize,
) -> Result<Option<Document>, ReadError> {
    let (text, start) = decode(bytes, span)?;
    // As `oc` does: what starts as JSON and is JSON, is read as JSON.
    let tree =
        if text.trim_start().starts_with('{') { json::read(limits, text, start)? } else { None };
    let tree = match tree {
        Some(tree) => tree,
        None => yaml::read(limits, text, start)?,
    };
    let (root, faults) = tree.finish();
    Ok(root.map(|root| Document { index, span, root, faults, inside: BTreeMap::new() }))
}

/// The text of a document and the offset at which it starts.
fn decode(bytes: &[u8], span: Span) -> Result<(&str, usize), ReadError> {
    let bytes = bytes.get(span.start..span.end).unwrap_or_default();
    let (bytes, start) = match bytes.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => (rest, span.start + BYTE_ORDER_MARK.len()),
        None => (bytes, span.start),
    };
    let at = |offset: usize| Span { start: start + offset, end: start + offset + 1 };
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let span = at(error.valid_up_to());
        let message = format!("the text is not UTF-8 at byte {}", span.start);
        ReadError::new(span, message, "save it as UTF-8; binary content belongs in base64")
    })?;
    if let Some(offset) = text.bytes().position(|byte| byte == 0) {
        let span = at(offset);
        let message = format!("the text has a NUL byte at byte {}", span.start);
        return Err(ReadError::new(span, message, "save it as UTF-8 text without NUL bytes"));
    }
    Ok((text, start))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn values(text: &str) -> Vec<Result<serde_json::Value, String>> {
        read(&Limits::default(), &Artifact::new("test.yaml", text))
            .into_iter()
            .map(|read| read.map(|document| document.root.to_json()).map_err(|e| e.to_string()))
            .collect()
    }

    fn said(bytes: &[u8], limits: &Limits) -> Vec<(String, Span)> {
        read(limits, &Artifact::new("test.yaml", bytes))
            .into_iter()
            .map(|read| match read {
                Ok(document) => (document.root.to_json().to_string(), document.span),
                Err(error) => (error.to_string(), error.span),
            })
            .collect()
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_offset_document_by_document() {
        let bytes = b"\xef\xbb\xbfa: 1\r\n---\r\nb: \xff\n---\nc: \0\n\xef\xbb\xbf---\nd: 2\n";
        let span = |start, end| Span { start, end };
        let expected = [
            ("{\"a\":1}".to_owned(), span(0, 9)),
            ("the text is not UTF-8 at byte 17".to_owned(), span(17, 18)),
            ("the text has a NUL byte at byte 26".to_owned(), span(26, 27)),
            ("{\"d\":2}".to_owned(), span(28, 40)),
        ];
        assert_eq!(said(bytes, &Limits::default()), expected);
        let utf16 = "the input is UTF-16: it starts with that byte order mark".to_owned();
        assert_eq!(said(b"\xff\xfea\0", &Limits::default()), [(utf16, span(0, 0))]);
    }

    #[test]
    fn limits_are_named_when_they_are_reached() {
        let limits = Limits { input_bytes: 20, documents: 1, ..Limits::default() };
        let large = "the input has 21 bytes, more than the limit of 20".to_owned();
        assert_eq!(said(&[b' '; 21], &limits), [(large, Span { start: 0, end: 0 })]);
        let many: Vec<_> =
            said(b"a: 1\n---\n---\nb: 2\n", &limits).into_iter().map(|(said, _)| said).collect();
        assert_eq!(many, ["{\"a\":1}", "the input holds more than 1 documents"]);
    }

    #[test]
    fn a_broken_document_leaves_its_neighbours_alone() {
        let text =
            "# first\n---\na: [1\n---\r\nb: |\n  x\n...\n---\n# empty\n---\nc: \"\\u00e4\"\n";
        let read = values(text);
        assert!(read[0].as_ref().unwrap_err().starts_with("the document is not valid YAML"));
        assert_eq!(read[1..], [Ok(json!({"b": "x\n"})), Ok(json!({"c": "ä"}))]);
    }

    #[test]
    fn depth_aliases_and_merges_are_kept_in_bounds() {
        let deep = values(&"[".repeat(10_000));
        assert_eq!(deep, [Err("the document nests deeper than 100 levels".to_owned())]);
        let level = |level: usize| {
            let aliases = vec![format!("*a{}", level - 1); 9].join(",");
            format!("a{level}: &a{level} [{aliases}]\n")
        };
        let bomb = format!("a0: &a0 [x, x]\n{}", (1..9).map(level).collect::<String>());
        let refused = "the document expands to more than 1000000 values".to_owned();
        assert_eq!(values(&bomb), [Err(refused)]);
        let merged = values("base: &b {x: 1, z: 2}\nuse:\n  <<: *b\n  z: 3\n");
        assert_eq!(merged, [Ok(json!({"base": {"x": 1, "z": 2}, "use": {"x": 1, "z": 3}}))]);
    }
}
