//! The reader, and texts inside strings: every place lies inside the input, every excerpt is small
//! and marks what it shows, and what was read reads the same once printed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rollgate_engine::text::{self, Document, Node, ReadError, Source, Value};
use rollgate_engine::{Artifact, Limits, extract};

fuzz_target!(|bytes: &[u8]| {
    let source = extract::open(&Limits::default(), Artifact::new("fuzz", bytes));
    source.documents().iter().for_each(|document| check_document(&source, document));
});

fn check_document(source: &Source, document: &Result<Document, ReadError>) {
    match document {
        Err(error) => check_place(source, error.span),
        Ok(document) => {
            document.faults.iter().for_each(|fault| check_place(source, fault.span));
            check_places(source, &document.root);
            check_printing(&document.root);
            let inside = document.inside.values().flatten();
            inside.for_each(|document| check_document(source, document));
        }
    }
}

fn check_places(source: &Source, node: &Node) {
    check_place(source, node.span);
    match &node.value {
        Value::Sequence(items) => items.iter().for_each(|item| check_places(source, item)),
        Value::Mapping(entries) => entries.iter().for_each(|entry| {
            check_place(source, entry.key_span);
            check_places(source, &entry.node);
        }),
        _ => {}
    }
}

fn check_place(source: &Source, span: text::Span) {
    assert!(span.start <= span.end && span.end <= source.artifact().bytes().len(), "{span:?}");
    let excerpt = source.place(span).excerpt.expect("a place has an excerpt");
    let marked = excerpt.text.get(excerpt.start..excerpt.start + excerpt.length);
    assert!(marked.is_some(), "{excerpt:?}");
    assert!(excerpt.text.split('\n').count() <= 3, "{excerpt:?}");
    assert!(excerpt.text.split('\n').all(|line| line.chars().count() <= 160), "{excerpt:?}");
}

fn check_printing(root: &Node) {
    let value = root.to_json();
    let printed = Artifact::new("printed", text::print(&value));
    let again = text::read(&Limits { depth: 1_000, ..Limits::default() }, &printed);
    let again = again.into_iter().next().expect("a document").expect("printed YAML").root.to_json();
    assert_eq!(again, value);
}
