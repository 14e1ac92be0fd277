//! Shadows: what a later MachineConfig of the pool replaces of an earlier one.
//!
//! Owns who wrote which file, path and part of a unit. Must not merge: it only watches what goes into
//! the merge.
//!
//! `10-a` and `20-b` both write `/etc/a` → the contents of `10-a` are shadowed by those of `20-b`.

use std::collections::BTreeMap;

use rollgate_facts::{Ignition, Locator, ReplacedPath, Shadow, UnitShadow};

use crate::extract::ignition::{Config, Item};
use crate::extract::machine_config::MachineConfigSource;

/// The lists of `storage` whose items Ignition merges by path, each with what its items are.
const PATHS: &[(&str, &str)] =
    &[("files", "file"), ("directories", "directory"), ("links", "link")];

/// What a pool's MachineConfigs replace of each other.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shadows {
    /// Contents of files.
    pub files: Vec<Shadow>,
    /// Parts of units.
    pub units: Vec<UnitShadow>,
    /// Files, directories and links that one of another kind took away.
    pub paths: Vec<ReplacedPath>,
}

/// Who wrote what, in merge order.
#[derive(Debug, Default)]
pub(super) struct Writers<'a> {
    files: BTreeMap<String, Vec<Writer<'a>>>,
    units: BTreeMap<UnitPart, Vec<Writer<'a>>>,
    paths: BTreeMap<String, Vec<(&'static str, Writer<'a>)>>,
}

#[derive(Debug)]
struct Writer<'a> {
    source: &'a MachineConfigSource,
    at: Locator,
}

/// A part of a unit that has one value.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct UnitPart {
    unit: String,
    dropin: Option<String>,
    field: &'static str,
}

impl<'a> Writers<'a> {
    /// Notes what a part writes; parts come in merge order.
    pub(super) fn note(&mut self, source: &'a MachineConfigSource, part: &Config) {
        for file in part.root.list_at(&["storage", "files"]) {
            if let Some(contents) = file.path(&["contents", "source"]) {
                let writer = Writer { source, at: contents.at.clone() };
                self.files.entry(file.text("path").to_owned()).or_default().push(writer);
            }
        }
        for (list, kind) in PATHS {
            for item in part.root.list_at(&["storage", list]) {
                let writer = Writer { source, at: item.at_of("path").clone() };
                self.paths.entry(item.text("path").to_owned()).or_default().push((*kind, writer));
            }
        }
        for unit in part.root.list_at(&["systemd", "units"]) {
            self.note_unit(source, unit);
        }
    }

    fn note_unit(&mut self, source: &'a MachineConfigSource, unit: &Item) {
        let name = unit.text("name");
        let parts = ["contents", "enabled", "mask"].map(|field| (None, field, unit.get(field)));
        let dropins = unit.list("dropins").iter();
        let dropins = dropins.map(|dropin| {
            (Some(dropin.text("name").to_owned()), "contents", dropin.get("contents"))
        });
        for (dropin, field, value) in parts.into_iter().chain(dropins) {
            let Some(value) = value else { continue };
            let part = UnitPart { unit: name.to_owned(), dropin, field };
            let writer = Writer { source, at: value.at.clone() };
            self.units.entry(part).or_default().push(writer);
        }
    }

    /// Everything that a later part replaced. `worker_first` says that roles come before names in
    /// the order.
    pub(super) fn shadows(self, worker_first: bool) -> Shadows {
        Shadows {
            files: each_loser(&self.files, |path, winner, loser| Shadow {
                path: path.clone(),
                at: winner.at.clone(),
                winner: winner.name(),
                loser_at: loser.at.clone(),
                loser: loser.name(),
                loser_generated: loser.source.facts.generated,
                by_name: winner.beats_by_name(loser, worker_first),
                same_contents: same(file_contents(winner, path), file_contents(loser, path)),
            }),
            units: each_loser(&self.units, |part, winner, loser| UnitShadow {
                unit: part.unit.clone(),
                dropin: part.dropin.clone(),
                field: part.field.to_owned(),
                at: winner.at.clone(),
                winner: winner.name(),
                loser_at: loser.at.clone(),
                loser: loser.name(),
                loser_generated: loser.source.facts.generated,
                by_name: winner.beats_by_name(loser, worker_first),
                same_value: same(unit_value(winner, part), unit_value(loser, part)),
            }),
            paths: replaced_paths(&self.paths),
        }
    }
}

impl Writer<'_> {
    fn name(&self) -> String {
        self.source.facts.name.clone()
    }

    fn ignition(&self) -> Option<&Ignition> {
        self.source.facts.ignition.as_ref()
    }

    /// Whether nothing but the order of names decides between the two.
    fn beats_by_name(&self, loser: &Self, worker_first: bool) -> bool {
        let role = |writer: &Self| writer.source.facts.role.as_ref().map(|role| role.text.clone());
        !worker_first || role(self) == role(loser)
    }
}

/// One shadow for each writer but the last.
fn each_loser<'a, Key, T>(
    written: &BTreeMap<Key, Vec<Writer<'a>>>,
    shadow: impl Fn(&Key, &Writer<'a>, &Writer<'a>) -> T,
) -> Vec<T> {
    let mut shadows = Vec::new();
    for (key, writers) in written {
        let Some((winner, losers)) = writers.split_last() else { continue };
        shadows.extend(losers.iter().map(|loser| shadow(key, winner, loser)));
    }
    shadows
}

fn replaced_paths(
    written: &BTreeMap<String, Vec<(&'static str, Writer<'_>)>>,
) -> Vec<ReplacedPath> {
    let mut replaced = Vec::new();
    for (path, writers) in written {
        let Some(((kind, winner), losers)) = writers.split_last() else { continue };
        let others = losers.iter().filter(|(loser_kind, _)| loser_kind != kind);
        replaced.extend(others.map(|(loser_kind, loser)| ReplacedPath {
            path: path.clone(),
            at: winner.at.clone(),
            kind: (*kind).to_owned(),
            winner: winner.name(),
            loser_at: loser.at.clone(),
            loser_kind: (*loser_kind).to_owned(),
            loser: loser.name(),
            loser_generated: loser.source.facts.generated,
        }));
    }
    replaced
}

/// What the MachineConfig writes at `path`, as far as it could be decoded.
fn file_contents<'a>(writer: &'a Writer<'_>, path: &str) -> Option<&'a str> {
    let file = writer.ignition()?.files.get(path)?;
    file.contents.as_ref()?.sha256.as_deref()
}

/// What the MachineConfig writes of the unit: a text, or a flag.
fn unit_value<'a>(writer: &'a Writer<'_>, part: &UnitPart) -> Option<(&'a str, bool)> {
    let unit = writer.ignition()?.units.get(&part.unit)?;
    match (&part.dropin, part.field) {
        (Some(name), _) => {
            let dropin = unit.dropins.iter().find(|dropin| dropin.name == *name)?;
            Some((&dropin.contents.as_ref()?.text, false))
        }
        (None, "enabled") => Some(("", unit.enabled.as_ref()?.value)),
        (None, "mask") => Some(("", unit.mask.as_ref()?.value)),
        (None, _) => Some((&unit.contents.as_ref()?.text, false)),
    }
}

/// Whether two values are known, and the same.
fn same<T: PartialEq + Copy>(one: Option<T>, other: Option<T>) -> bool {
    one.is_some() && one == other
}
