//! Ignition configs: each document of the input goes the whole way to a node: read, accepted,
//! merged with the others, decoded and printed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rollgate_engine::extract::ignition::{self, ContentBudget, SpecVersion, Translation};
use rollgate_engine::{Artifact, Limits, text};
use rollgate_facts::{Locator, ObjectId};

fuzz_target!(|bytes: &[u8]| {
    let at = Locator::object(&ObjectId::new("MachineConfig", None, "fuzz", 1));
    let limits = Limits { content_bytes: 1 << 16, ..Limits::default() };
    let translation = Translation { to: SpecVersion::V3_5, masks_special_bits: false };
    let documents = text::read(&limits, &Artifact::new("fuzz", bytes));
    let accepted = documents.iter().flatten().filter_map(|document| {
        let (config, _) = ignition::read(&at, &document.root);
        ignition::accept(config?, translation).0
    });
    if let Some(merged) = ignition::merge_all(accepted) {
        let _ = ignition::validate_merged(&merged);
        let _ = ignition::facts(&limits, &mut ContentBudget::new(&limits), &merged);
        let _ = ignition::to_json(&merged);
    }
});
