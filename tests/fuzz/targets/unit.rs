//! Unit files: every entry stands on a line that the text has, after the one before it, and its key is
//! what stands before the first `=`. Neither section nor key need have a name: `[]` and `=value` are
//! taken by go-systemd, and so by the operator.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rollgate_engine::extract::unit;

fuzz_target!(|text: &str| {
    let lines = text.split('\n').count();
    let mut first = 1;
    for entry in unit::parse(text).unwrap_or_default() {
        assert!((first..=lines).contains(&entry.line), "{entry:?} of lines {first} to {lines}");
        assert!(!entry.key.contains(['=', '\n', '\r']), "{entry:?}");
        assert!(!entry.section.contains(']'), "{entry:?}");
        first = entry.line + 1;
    }
});
