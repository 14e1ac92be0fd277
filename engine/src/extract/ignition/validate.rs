//! Validation: which configs Ignition refuses, and at which value.
//!
//! Owns the walk over a config, and the check for entries that stand twice; the checks of each
//! subject are in the modules below, and the schema says which type is checked by which. What
//! upstream only warns of is no problem here. Must not know releases or clusters.
//!
//! `{"storage": {"files": [{"path": "/etc//a"}]}}` → `InvalidPath` at `…/files/0/path`.

pub(super) mod devices;
pub(super) mod files;
pub(super) mod luks;
pub(super) mod resources;
pub(super) mod units;
pub(super) mod v2;

use std::collections::{BTreeMap, BTreeSet};

use rollgate_facts::{Locator, Problem, ProblemKind};

use super::merge::ItemKey;
use super::problem::problem;
use super::schema::{Field, Key, Kind, ObjectType, config_type};
use super::{Config, Item, SpecVersion};

/// What is wrong with an object as such; its fields' objects have checks of their own.
pub(super) type Check = fn(&mut Checks, &Item);

/// What makes Ignition refuse the config, by the rules of the version that it is in.
///
/// The operator validates a config as written, and again in the version that it merges in.
pub fn validate(config: &Config) -> Vec<Problem> {
    let checks = Checks { version: config.version, decoded: false, problems: Vec::new() };
    checks.of(config)
}

/// The same for what was translated or merged out of valid configs. Neither makes a new data URL of
/// old ones, so that they need not be decoded again.
pub(super) fn validate_again(config: &Config) -> Vec<Problem> {
    let checks = Checks { version: config.version, decoded: true, problems: Vec::new() };
    checks.of(config)
}

/// The problems found so far, and the version whose rules hold.
pub(super) struct Checks {
    pub(super) version: SpecVersion,
    /// Whether all data URLs are known to decode.
    pub(super) decoded: bool,
    problems: Vec<Problem>,
}

impl Checks {
    fn of(mut self, config: &Config) -> Vec<Problem> {
        self.object(config_type(config.version), &config.root);
        self.problems
    }

    /// Whether the rules that version 3.`minor` brought hold.
    pub(super) fn since(&self, minor: u8) -> bool {
        self.version >= SpecVersion { major: 3, minor }
    }

    pub(super) fn report(&mut self, kind: ProblemKind, at: &Locator, text: impl Into<String>) {
        self.problems.push(problem(kind, at, text));
    }

    fn object(&mut self, object_type: &ObjectType, item: &Item) {
        if let Some(check) = object_type.check {
            check(self, item);
        }
        self.duplicates(object_type, item);
        for field in object_type.fields_in(self.version) {
            match (field.kind, item.get(field.name)) {
                (Kind::Object(object_type), Some(item)) => self.object(object_type, item),
                (Kind::Objects(object_type, _), Some(list)) => {
                    for item in list.items() {
                        self.object(object_type, item);
                    }
                }
                _ => {}
            }
        }
    }

    /// Entries that a list, or the lists that share their keys, have twice.
    fn duplicates(&mut self, object_type: &ObjectType, object: &Item) {
        let mut seen: BTreeMap<&str, BTreeSet<ItemKey>> = BTreeMap::new();
        for field in object_type.fields_in(self.version) {
            // The checks of a disk compare numbers and labels of partitions one by one.
            let Some(key @ (Key::Itself | Key::Field(_))) = field.kind.key() else { continue };
            let seen = seen.entry(field.keys_shared_in.unwrap_or(field.name)).or_default();
            for item in object.list(field.name) {
                if !seen.insert(ItemKey::of(key, item)) {
                    self.report(duplicate_kind(field), &item.at, duplicate_text(field, key, item));
                }
            }
        }
    }
}

fn duplicate_kind(field: &Field) -> ProblemKind {
    match field.name {
        "shouldExist" | "shouldNotExist" => ProblemKind::InvalidKernelArguments,
        _ => ProblemKind::DuplicateEntry,
    }
}

fn duplicate_text(field: &Field, key: Key, item: &Item) -> String {
    let list = field.name;
    match (key, field.keys_shared_in) {
        (Key::Field(name @ ("path" | "name" | "device")), Some(_)) => {
            format!(
                "{name} `{}` stands twice in `files`, `directories` and `links`",
                item.text(name)
            )
        }
        (Key::Field(name @ ("path" | "name" | "device")), None) => {
            format!("{name} `{}` stands twice in `{list}`", item.text(name))
        }
        (_, Some(_)) => {
            let argument = item.as_str().unwrap_or_default();
            format!("`{argument}` stands twice in `shouldExist` and `shouldNotExist`")
        }
        _ => format!("an entry of `{list}` stands twice"),
    }
}
