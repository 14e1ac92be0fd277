//! Conversion of spec 2.2 to 3.0, as the Machine Config Operator does it.
//!
//! Owns what the operator does first (`removeIgnDuplicateFilesUnitsUsers`: entries that stand twice
//! become one, and only the user `core` is allowed) and what coreos/ign-converter `v23tov30` refuses
//! and changes. Must not know later versions.
//!
//! Two entries for `/etc/a` → one, the last, with `overwrite: true`, which is the default of 2.2.

use std::collections::{BTreeMap, BTreeSet};

use rollgate_facts::{Locator, Problem, ProblemKind};

use crate::extract::ignition::problem::problem;
use crate::extract::ignition::schema::{Kind, ObjectType, config_type};
use crate::extract::ignition::{Config, Item, Object, SpecVersion, Value, path, validate};

/// Fields that 2.2 tells apart from absent even where they are zero or empty; of others, only a
/// value that is not is carried over.
const KEPT_IF_ZERO: [&str; 10] = [
    "enabled",
    "gid",
    "hash",
    "httpResponseHeaders",
    "httpTotal",
    "id",
    "mode",
    "overwrite",
    "source",
    "uid",
];

pub(super) fn convert(config: Config) -> Result<Config, Vec<Problem>> {
    let mut root = config.root;
    let mut problems = Vec::new();
    gather_users(&mut root, &mut problems);
    edit_list(&mut root, &["storage", "files"], keep_last_files);
    edit_list(&mut root, &["systemd", "units"], gather_units);
    refuse(&root, &mut problems);
    refuse_doubles(&root, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    reshape(&mut root);
    let root = carry(config_type(SpecVersion::V3_0), root);
    let converted = Config { version: SpecVersion::V3_0, root };
    let problems = validate(&converted);
    if problems.is_empty() { Ok(converted) } else { Err(problems) }
}

/// Replaces the items of a list by what `edit` makes of them.
fn edit_list(root: &mut Item, names: &[&str], edit: impl FnOnce(Vec<Item>) -> Vec<Item>) {
    if let Some(Item { value: Value::List(items), .. }) = root.path_mut(names) {
        *items = edit(std::mem::take(items));
    }
}

/// The last entry of each path, last path first.
fn keep_last_files(files: Vec<Item>) -> Vec<Item> {
    let mut seen = BTreeSet::new();
    files.into_iter().rev().filter(|file| seen.insert(file.text("path").to_owned())).collect()
}

/// The last entry of each name, last name first, with the drop-ins that only earlier entries have.
fn gather_units(units: Vec<Item>) -> Vec<Item> {
    let mut gathered: Vec<Item> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for unit in units.into_iter().rev() {
        let place = *places.entry(unit.text("name").to_owned()).or_insert(gathered.len());
        match gathered.get_mut(place) {
            Some(newer) => append_new_dropins(newer, &unit),
            None => gathered.push(unit),
        }
    }
    gathered
}

fn append_new_dropins(newer: &mut Item, older: &Item) {
    let Some(unit) = newer.as_object_mut() else { return };
    let Some(list) = older.get("dropins") else { return };
    let own = unit.remove("dropins").unwrap_or_else(|| emptied(list));
    let mut dropins = own.items().to_vec();
    let mut seen: BTreeSet<&str> = own.items().iter().map(|dropin| dropin.text("name")).collect();
    let new = list.items().iter().filter(|dropin| seen.insert(dropin.text("name")));
    dropins.extend(new.cloned());
    unit.insert("dropins", Item { value: Value::List(dropins), ..own });
}

fn emptied(list: &Item) -> Item {
    Item::new(list.at.clone(), Value::List(Vec::new()))
}

/// One user `core`, the last, with the SSH keys of all of them, newest first and each once.
fn gather_users(root: &mut Item, problems: &mut Vec<Problem>) {
    let users = root.list_at(&["passwd", "users"]);
    for user in users.iter().filter(|user| user.text("name") != "core") {
        let text = format!("user `{}`: the operator takes only `core` in 2.2", user.text("name"));
        problems.push(problem(ProblemKind::InvalidUser, user.at_of("name"), text));
    }
    let mut seen = BTreeSet::new();
    let newest_first = users.iter().rev();
    let keys: Vec<Item> = newest_first
        .clone()
        .flat_map(|user| user.list("sshAuthorizedKeys"))
        .filter(|key| seen.insert(key.as_str()))
        .cloned()
        .collect();
    let list = newest_first.clone().find_map(|user| user.get("sshAuthorizedKeys")).map(emptied);
    edit_list(root, &["passwd", "users"], |users| {
        let mut newest = users.into_iter().next_back();
        let fields = newest.as_mut().and_then(Item::as_object_mut);
        if let (Some(fields), Some(list)) = (fields, list) {
            fields.insert("sshAuthorizedKeys", Item { value: Value::List(keys), ..list });
        }
        newest.into_iter().collect()
    });
}

/// What spec 3 has no words for.
fn refuse(root: &Item, problems: &mut Vec<Problem>) {
    let mut refuse = |at: &Locator, text: String| {
        problems.push(problem(ProblemKind::Untranslatable, at, text));
    };
    for unit in root.list_at(&["networkd", "units"]) {
        let name = unit.text("name");
        refuse(&unit.at, format!("networkd unit `{name}`: spec 3 has no networkd section"));
    }
    for filesystem in root.list_at(&["storage", "filesystems"]) {
        let name = filesystem.text("name");
        if name != "root" {
            let text = format!("filesystem `{name}`: the operator converts none but `root`");
            refuse(&filesystem.at, text);
        }
        let create = filesystem.path(&["mount", "create"]);
        if let Some(create) = create.filter(|create| create.boolean("force") != Some(true)) {
            let text = "`create` without `force: true` cannot be converted to spec 3".to_owned();
            refuse(&create.at, text);
        }
    }
    for disk in root.list_at(&["storage", "disks"]) {
        for partition in disk.list("partitions") {
            let text = "a partition of 2.2, counted in sectors, cannot be converted to spec 3";
            refuse(&partition.at, text.to_owned());
        }
    }
}

/// Paths and drop-ins that stand twice, and paths that lead through a link.
fn refuse_doubles(root: &Item, problems: &mut Vec<Problem>) {
    let links: BTreeSet<String> =
        root.list_at(&["storage", "links"]).iter().map(clean_path).collect();
    let mut seen = BTreeSet::new();
    for item in ["files", "directories", "links"].iter().flat_map(|l| root.list_at(&["storage", l]))
    {
        let path = clean_path(item);
        if let Some(link) = path::ancestors(&path).find(|above| links.contains(*above)) {
            let text = format!("`{path}` leads through the link `{link}` of the same config");
            problems.push(problem(ProblemKind::InvalidPath, &item.at, text));
        }
        if !seen.insert(path.clone()) {
            let text = format!("path `{path}` stands twice in the config");
            problems.push(problem(ProblemKind::DuplicateEntry, &item.at, text));
        }
    }
    for unit in root.list_at(&["systemd", "units"]) {
        let mut seen = BTreeSet::new();
        for dropin in unit.list("dropins").iter().filter(|dropin| !seen.insert(dropin.text("name")))
        {
            let text = format!("drop-in `{}` stands twice in its unit", dropin.text("name"));
            problems.push(problem(ProblemKind::DuplicateEntry, &dropin.at, text));
        }
    }
}

fn clean_path(node: &Item) -> String {
    path::join("/", node.text("path"))
}

/// Gives a 2.2 tree the fields of 3.0; those that only 2.2 has are left for `carry` to drop.
fn reshape(root: &mut Item) {
    if let Some(config) = root.object_mut(&["ignition", "config"])
        && let Some(append) = config.remove("append")
    {
        config.insert("merge", append);
    }
    if let Some(storage) = root.object_mut(&["storage"]) {
        // The root filesystem, the only one left, is implied.
        storage.remove("filesystems");
    }
    for list in ["files", "directories", "links"] {
        root.list_mut(&["storage", list]).iter_mut().for_each(reshape_path);
    }
    root.list_mut(&["storage", "files"]).iter_mut().for_each(reshape_file);
    root.list_mut(&["systemd", "units"]).iter_mut().for_each(reshape_unit);
}

fn reshape_path(node: &mut Item) {
    let path = clean_path(node);
    if let Some(item) = node.path_mut(&["path"]) {
        item.value = Value::String(path.into());
    }
}

/// A file of 2.2 always has a source, if only an empty one, and overwrites unless it appends.
fn reshape_file(file: &mut Item) {
    let at = file.at.clone();
    let appends = file.boolean("append") == Some(true);
    let Some(file) = file.as_object_mut() else { return };
    let append = file.remove("append");
    if appends || file.get("overwrite").is_none() {
        file.insert("overwrite", Item::new(at.clone(), Value::Boolean(!appends)));
    }
    let mut contents =
        file.remove("contents").unwrap_or_else(|| Item::object(at.clone(), Object::default()));
    let contents_at = contents.at.clone();
    if let Some(contents) = contents.as_object_mut().filter(|c| c.get("source").is_none()) {
        contents.insert("source", Item::string(contents_at, ""));
    }
    match append {
        Some(append) if appends => {
            file.insert("append", Item::new(append.at, Value::List(vec![contents])));
        }
        _ => file.insert("contents", contents),
    }
}

/// `enabled` wins over the deprecated `enable`, which counts only where it is true.
fn reshape_unit(unit: &mut Item) {
    let Some(unit) = unit.as_object_mut() else { return };
    let enable = unit.remove("enable").filter(|item| item.as_bool() == Some(true));
    if let Some(enable) = enable.filter(|_| unit.get("enabled").is_none()) {
        unit.insert("enabled", enable);
    }
}

/// What of the object the type of 3.0 has, without what is zero and need not be there.
fn carry(object_type: &ObjectType, mut item: Item) -> Item {
    let Some(object) = item.as_object_mut() else { return item };
    let mut carried = Object::default();
    for field in object_type.fields_in(SpecVersion::V3_0) {
        let Some(mut item) = object.remove(field.name) else { continue };
        match field.kind {
            Kind::Object(object_type) => item = carry(object_type, item),
            Kind::Objects(object_type, _) => {
                if let Value::List(items) = &mut item.value {
                    let taken = std::mem::take(items);
                    *items = taken.into_iter().map(|item| carry(object_type, item)).collect();
                }
            }
            _ => {}
        }
        let is_user_hash = field.name == "passwordHash" && object_type.name == "a user";
        if is_user_hash || KEPT_IF_ZERO.contains(&field.name) || !is_zero(&item.value) {
            carried.insert(field.name, item);
        }
    }
    item.value = Value::Object(carried);
    item
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Boolean(value) => !value,
        Value::Integer(number) => *number == 0,
        Value::String(text) => text.is_empty(),
        Value::List(_) | Value::Object(_) => false,
    }
}
