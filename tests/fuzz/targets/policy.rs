//! The policy loader: whatever the text, it loads or is refused with a place inside it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rollgate_engine::policy::{PolicyFile, PolicyRoot, check};

fuzz_target!(|text: &str| {
    let file = PolicyFile { path: "rule.rego".to_owned(), text: text.to_owned() };
    let root = PolicyRoot { name: "policies".to_owned(), files: vec![file] };
    let Err(refused) = check(&[root]) else { return };
    assert!(!refused.errors().is_empty());
    let lines = text.split('\n').count();
    for error in refused.errors() {
        assert!((1..=lines).contains(&error.place.line), "{error} of {lines} lines");
    }
});
