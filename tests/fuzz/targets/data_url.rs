//! Data URLs: never longer decoded than written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rollgate_engine::extract::data_url;

fuzz_target!(|text: &str| {
    if let Ok(bytes) = data_url::decode(text) {
        assert!(bytes.len() <= text.len());
    }
});
