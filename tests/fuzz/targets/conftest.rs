//! The loader of conftest policies, of both syntaxes: whatever the text, it loads or is refused with a
//! place inside it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rollgate_engine::Limits;
use rollgate_engine::policy::{Conftest, ConftestSource, PolicyFile, PolicyRoot};

fuzz_target!(|text: &str| {
    let file = PolicyFile { path: "policy.rego".to_owned(), text: text.to_owned() };
    let root = PolicyRoot { name: "policy".to_owned(), files: vec![file] };
    let source = ConftestSource { policies: vec![root], ..ConftestSource::default() };
    let Err(refused) = Conftest::load(&Limits::default(), &source) else { return };
    assert!(!refused.errors().is_empty());
    let lines = text.split('\n').count();
    for error in refused.errors() {
        assert!((1..=lines).contains(&error.place.line), "{error} of {lines} lines");
    }
});
