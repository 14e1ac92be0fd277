//! Where documents begin and end, so that a broken one does not take its neighbours along.
//!
//! Owns the markers `---` and `...`. Must not look inside a document: at the start of a line a
//! marker ends whatever stands before it (YAML 1.2.2 §9.1.2), so none of the syntax matters here.
//! `a: 1\n---\nb: 2\n` is the two documents `a: 1\n` and `---\nb: 2\n`.

use super::Span;

/// The UTF-8 byte order mark, which may stand before each document.
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The documents of a stream, among them those that hold nothing but comments.
pub(super) fn documents(bytes: &[u8]) -> Vec<Span> {
    let mut documents = Vec::new();
    let mut current = Span { start: 0, end: 0 };
    // Directives and comments before the `---` belong to the document that it opens.
    let mut prologue = true;
    for line in bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
        let opens = is_marker(line, b"---");
        if opens && !prologue {
            documents.push(current);
            current.start = current.end;
        }
        current.end += line.len();
        prologue = prologue && !opens && is_prologue(line);
        if is_marker(line, b"...") {
            documents.push(current);
            current.start = current.end;
            prologue = true;
        }
    }
    documents.push(current);
    documents
}

fn is_marker(line: &[u8], marker: &[u8]) -> bool {
    let line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
    line.strip_prefix(marker)
        .is_some_and(|rest| matches!(rest.first(), None | Some(b' ' | b'\t' | b'\n' | b'\r')))
}

fn is_prologue(line: &[u8]) -> bool {
    let line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line).trim_ascii();
    matches!(line.first(), None | Some(b'%' | b'#'))
}
