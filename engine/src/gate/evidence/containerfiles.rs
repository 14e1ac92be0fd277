//! The Containerfiles of an input: files of their own, and those that objects hold.
//!
//! Owns their numbers, where several have one name. Must not read them (see `extract`).

use std::collections::BTreeMap;

use rollgate_facts::Containerfile;

use super::Side;
use crate::extract::{self, Object};
use crate::text::Places;

/// Every Containerfile; the places of those that are files are added.
pub(super) fn containerfiles<'d>(
    side: &'d Side,
    objects: &[Object<'d>],
    places: &mut Places<'d>,
) -> Vec<Containerfile> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut containerfiles = Vec::new();
    for source in &side.texts {
        let artifact = source.artifact();
        if !extract::is_containerfile(artifact.name()) {
            continue;
        }
        let first = extract::containerfile_id(artifact.name(), 1);
        let nth = seen.entry(first.as_str().to_owned()).or_default();
        *nth += 1;
        places.add_text(&extract::containerfile_id(artifact.name(), *nth), source);
        containerfiles.push(extract::containerfile(artifact.name(), *nth, artifact.bytes()));
    }
    containerfiles.extend(objects.iter().flat_map(extract::containerfiles_of));
    containerfiles
}
