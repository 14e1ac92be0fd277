//! Shadowed files: contents that a later MachineConfig of the pool replaces.
//!
//! Owns who wrote which file. Must not merge: it only watches what goes into the merge.

use std::collections::BTreeMap;

use rollgate_facts::{Locator, Shadow};

use crate::extract::ignition::Config;
use crate::extract::machine_config::MachineConfigSource;

/// Who wrote the contents of which file, in merge order.
#[derive(Debug, Default)]
pub(super) struct Writers<'a>(BTreeMap<String, Vec<Writer<'a>>>);

#[derive(Debug)]
struct Writer<'a> {
    source: &'a MachineConfigSource,
    at: Locator,
}

impl<'a> Writers<'a> {
    /// Notes what a part writes; parts come in merge order.
    pub(super) fn note(&mut self, source: &'a MachineConfigSource, part: &Config) {
        for file in part.root.list_at(&["storage", "files"]) {
            if let Some(source_item) = file.path(&["contents", "source"]) {
                let writer = Writer { source, at: source_item.at.clone() };
                self.0.entry(file.text("path").to_owned()).or_default().push(writer);
            }
        }
    }

    /// Every file whose contents a later part replaced. `worker_first` says that roles come before
    /// names in the order.
    pub(super) fn shadows(self, worker_first: bool) -> Vec<Shadow> {
        let shadow = |path: &str, winner: &Writer<'_>, loser: &Writer<'_>| {
            let same_role = winner.source.facts.role.as_ref().map(|role| &role.text)
                == loser.source.facts.role.as_ref().map(|role| &role.text);
            Shadow {
                path: path.to_owned(),
                at: winner.at.clone(),
                winner: winner.source.facts.name.clone(),
                loser_at: loser.at.clone(),
                loser: loser.source.facts.name.clone(),
                loser_generated: loser.source.facts.generated,
                by_name: same_role || !worker_first,
                same_contents: contents(winner, path) == contents(loser, path),
            }
        };
        self.0
            .iter()
            .filter_map(|(path, writers)| Some((path, writers.split_last()?)))
            .flat_map(|(path, (winner, losers))| {
                losers.iter().map(move |loser| shadow(path, winner, loser))
            })
            .collect()
    }
}

/// What the MachineConfig writes at `path`, as far as it could be decoded.
fn contents<'a>(writer: &Writer<'a>, path: &str) -> Option<&'a str> {
    let file = writer.source.facts.ignition.as_ref()?.files.get(path)?;
    file.contents.as_ref()?.sha256.as_deref()
}
