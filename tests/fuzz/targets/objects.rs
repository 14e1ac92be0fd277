//! Objects, wrapped ones among them: their facts are the same each time, and each is an object of
//! the facts' schema.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rollgate_engine::policy::PolicySet;
use rollgate_engine::{Artifact, Gate, Input, Settings};
use rollgate_facts::Facts;

static POLICIES: LazyLock<PolicySet> =
    LazyLock::new(|| PolicySet::embedded().expect("the library loads"));

fuzz_target!(|bytes: &[u8]| {
    let facts = facts(bytes);
    for document in &facts {
        let json = serde_json::to_string(document).expect("facts are JSON");
        let again: Facts = serde_json::from_str(&json).expect("JSON of facts reads as facts");
        assert_eq!(again, *document);
    }
    assert_eq!(facts, self::facts(bytes));
});

fn facts(bytes: &[u8]) -> Vec<Facts> {
    let settings = Settings::on(jiff::civil::date(2026, 11, 21));
    let input = Input::new(vec![Artifact::new("fuzz", bytes)]);
    Gate::new(&POLICIES, settings).facts(input).expect("the target is not refused")
}
