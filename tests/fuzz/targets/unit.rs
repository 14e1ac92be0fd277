//! Unit files: every entry stands on a line that the text has, in a section.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rollgate_engine::extract::unit;

fuzz_target!(|text: &str| {
    let lines = text.split('\n').count();
    for entry in unit::parse(text).unwrap_or_default() {
        assert!((1..=lines).contains(&entry.line), "{entry:?} of {lines} lines");
        assert!(!entry.section.is_empty() && !entry.key.is_empty(), "{entry:?}");
    }
});
