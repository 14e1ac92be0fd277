//! From a [`Config`] to the facts that policies see.
//!
//! Owns the shape of `rollgate_facts::Ignition`: one for all versions, contents decoded, units parsed,
//! passwords left out. Must not judge any of it, and reports only what decoding brings to light.
//!
//! `{"path": "/etc/a", "contents": {"source": "data:,hi"}}` → `files["/etc/a"].contents.text` is `hi`.

use rollgate_facts::{
    Contents, Directory, DropIn, File, Flag, Group, Ignition, IgnitionReference, Integer, Link,
    Locator, Owner, Problem, ProblemKind, StorageItem, StorageKind, Text, Unit, UnitEntry, User,
};

use super::contents::{ContentBudget, contents, scheme};
use super::problem::problem;
use super::{Config, Item};
use crate::Limits;
use crate::extract::{account, config_file, unit};

/// The facts of a config, written or merged, and what decoding its contents brings to light.
///
/// Of files and units that stand twice, which `validate` reports, the last is shown.
pub fn facts(
    limits: &Limits,
    budget: &mut ContentBudget,
    config: &Config,
) -> (Ignition, Vec<Problem>) {
    let root = &config.root;
    let mut problems = Vec::new();
    let files = root.list_at(&["storage", "files"]).iter();
    let files = files.map(|item| file(limits, budget, item, &mut problems));
    let files = files.map(|file| (file.path.clone(), file)).collect();
    let units = root.list_at(&["systemd", "units"]).iter();
    let units = units.map(|item| unit_of(item, &mut problems));
    let units = units.map(|unit| (unit.name.clone(), unit)).collect();
    let users = root.list_at(&["passwd", "users"]).iter();
    let users = users.map(|item| user(item, &mut problems)).collect();
    let directories = root.list_at(&["storage", "directories"]).iter().map(directory);
    let arguments = |list| texts(root.list_at(&["kernelArguments", list]));
    let ignition = Ignition {
        at: config.at().clone(),
        version: Text::new(config.version_at().clone(), config.version.to_string()),
        files,
        directories: directories.collect(),
        links: root.list_at(&["storage", "links"]).iter().map(link).collect(),
        storage: storage(root),
        units,
        users,
        groups: root.list_at(&["passwd", "groups"]).iter().map(group).collect(),
        kernel_arguments_should_exist: arguments("shouldExist"),
        kernel_arguments_should_not_exist: arguments("shouldNotExist"),
        references: references(root),
    };
    (ignition, problems)
}

fn file(
    limits: &Limits,
    budget: &mut ContentBudget,
    item: &Item,
    problems: &mut Vec<Problem>,
) -> File {
    let written = item.get("contents");
    let decoded = written.and_then(|item| contents(limits, budget, item, problems));
    // In 2.2 `append` says that the contents are appended; in 3 it is a list of what is.
    let appends = item.boolean("append") == Some(true);
    let mut append: Vec<_> = item
        .list("append")
        .iter()
        .filter_map(|item| contents(limits, budget, item, problems))
        .collect();
    let decoded = if appends {
        append.extend(decoded);
        None
    } else {
        decoded
    };
    let decoded = decoded.map(|decoded| with_values(limits, item, decoded, problems));
    let (at, overrides) = origin(item, decoded.as_ref().map(|contents| &contents.at));
    File {
        at,
        path: item.text("path").to_owned(),
        mode: item.get("mode").and_then(number),
        user: item.get("user").map(owner),
        group: item.get("group").map(owner),
        overwrite: item.get("overwrite").and_then(flag),
        contents: decoded,
        append,
        overrides,
    }
}

/// What the contents say, where the file is one that is known.
fn with_values(
    limits: &Limits,
    file: &Item,
    mut contents: Contents,
    problems: &mut Vec<Problem>,
) -> Contents {
    let path = file.text("path");
    if contents.base64.is_some() && config_file::needs_utf8(path) {
        let text = format!("`{path}` does not parse: not UTF-8");
        problems.push(problem(ProblemKind::InvalidConfigFile, &contents.at, text));
        return contents;
    }
    let Some(text) = contents.text.as_deref() else { return contents };
    match config_file::parse(limits, path, text) {
        Ok(value) => contents.parsed = value,
        Err(fault) => {
            let at = fault.line.map_or_else(|| contents.at.clone(), |line| contents.at.line(line));
            let text = format!("`{path}` does not parse: {}", fault.reason);
            problems.push(problem(ProblemKind::InvalidConfigFile, &at, text));
        }
    }
    contents
}

/// Of the entries that were merged into one: the one that holds `decisive`, and those before it.
fn origin(item: &Item, decisive: Option<&Locator>) -> (Locator, Vec<Locator>) {
    let holds = |entry: &&Locator| {
        let rest = decisive.and_then(|at| at.as_str().strip_prefix(entry.as_str()));
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    let mut newest_first = std::iter::once(&item.at).chain(&item.overrides);
    match newest_first.find(holds) {
        Some(winner) => (winner.clone(), newest_first.cloned().collect()),
        None => (item.at.clone(), item.overrides.clone()),
    }
}

fn directory(item: &Item) -> Directory {
    Directory {
        at: item.at.clone(),
        path: item.text("path").to_owned(),
        mode: item.get("mode").and_then(number),
    }
}

fn link(item: &Item) -> Link {
    Link {
        at: item.at.clone(),
        path: item.text("path").to_owned(),
        target: item.get("target").and_then(Item::as_str).map(str::to_owned),
        hard: item.boolean("hard") == Some(true),
    }
}

fn storage(root: &Item) -> Vec<StorageItem> {
    let lists = [
        (StorageKind::Disk, "disks", "device"),
        (StorageKind::Filesystem, "filesystems", "device"),
        (StorageKind::Raid, "raid", "name"),
        (StorageKind::Luks, "luks", "name"),
    ];
    let items = lists.iter().flat_map(|(kind, list, name)| {
        root.list_at(&["storage", list]).iter().map(move |item| (kind, item, name))
    });
    items
        .map(|(kind, item, name)| {
            // Filesystems of 2.2 have their device inside `mount`, and a name.
            let named = item.path(&["mount", name]).or_else(|| item.get(name));
            let name = named.or_else(|| item.get("name")).and_then(Item::as_str);
            let name = name.unwrap_or_default().to_owned();
            StorageItem { at: item.at.clone(), kind: *kind, name }
        })
        .collect()
}

fn unit_of(item: &Item, problems: &mut Vec<Problem>) -> Unit {
    let name = item.text("name");
    let enabled = item.get("enabled").or_else(|| item.get("enable"));
    Unit {
        at: item.at.clone(),
        name: name.to_owned(),
        enabled: enabled.and_then(flag),
        mask: item.get("mask").and_then(flag),
        contents: item.get("contents").and_then(text),
        entries: item.get("contents").and_then(|contents| entries(name, contents, problems)),
        mount_point: unit::mount_point(name),
        dropins: item.list("dropins").iter().map(|item| dropin(name, item, problems)).collect(),
        overrides: item.overrides.clone(),
    }
}

fn dropin(unit: &str, item: &Item, problems: &mut Vec<Problem>) -> DropIn {
    DropIn {
        at: item.at.clone(),
        name: item.text("name").to_owned(),
        contents: item.get("contents").and_then(text),
        entries: item.get("contents").and_then(|contents| entries(unit, contents, problems)),
    }
}

fn entries(unit: &str, contents: &Item, problems: &mut Vec<Problem>) -> Option<Vec<UnitEntry>> {
    // Empty contents leave the unit in place that the OS image has.
    let text = contents.as_str().filter(|text| !text.is_empty())?;
    let entries = unit::parse(text).ok()?;
    for ignored in unit::ignored(unit, text, &entries) {
        let text = format!("systemd ignores a line of `{unit}`: {}", ignored.reason);
        let at = contents.at.line(ignored.line);
        problems.push(problem(ProblemKind::IgnoredUnitSetting, &at, text));
    }
    let entry = |unit::Entry { section, key, value, line }| UnitEntry {
        at: contents.at.line(line),
        section,
        key,
        value,
    };
    Some(entries.into_iter().map(entry).collect())
}

fn user(item: &Item, problems: &mut Vec<Problem>) -> User {
    let hash = item.get("passwordHash").and_then(|hash| Some((hash, hash.as_str()?)));
    let hash = hash.and_then(|(item, hash)| Some((item, account::password_hash_fault(hash)?)));
    problems.extend(
        hash.map(|(item, fault)| problem(ProblemKind::MalformedPasswordHash, &item.at, fault)),
    );
    let keys = item.list("sshAuthorizedKeys").iter();
    let keys = keys.filter_map(|item| Some((item, account::ssh_key_fault(item.as_str()?)?)));
    problems
        .extend(keys.map(|(item, fault)| problem(ProblemKind::MalformedSshKey, &item.at, fault)));
    let shown = ["name", "passwordHash", "sshAuthorizedKeys"];
    let fields = item.as_object().into_iter().flat_map(super::Object::iter);
    let others = fields.map(|(name, _)| name).filter(|name| !shown.contains(name));
    User {
        at: item.at.clone(),
        name: item.text("name").to_owned(),
        has_password_hash: item.get("passwordHash").is_some(),
        ssh_authorized_keys: texts(item.list("sshAuthorizedKeys")),
        other_fields: others.map(str::to_owned).collect(),
    }
}

fn group(item: &Item) -> Group {
    Group { at: item.at.clone(), name: item.text("name").to_owned() }
}

fn references(root: &Item) -> Vec<IgnitionReference> {
    let reference = |replace: bool, item: &Item| IgnitionReference {
        at: item.at.clone(),
        replace,
        scheme: scheme(item.text("source")),
    };
    let lists =
        ["merge", "append"].iter().flat_map(|list| root.list_at(&["ignition", "config", list]));
    let merged = lists.map(|item| reference(false, item));
    let replaced = root.path(&["ignition", "config", "replace"]);
    let replaced = replaced.filter(|item| item.get("source").is_some());
    merged.chain(replaced.map(|item| reference(true, item))).collect()
}

fn owner(item: &Item) -> Owner {
    Owner {
        at: item.at.clone(),
        id: item.integer("id"),
        name: item.get("name").and_then(Item::as_str).map(str::to_owned),
    }
}

fn texts(items: &[Item]) -> Vec<Text> {
    items.iter().filter_map(text).collect()
}

fn text(item: &Item) -> Option<Text> {
    let text = item.as_str()?.to_owned();
    Some(Text { at: item.at.clone(), text, overrides: item.overrides.clone() })
}

fn flag(item: &Item) -> Option<Flag> {
    let value = item.as_bool()?;
    Some(Flag { at: item.at.clone(), value, overrides: item.overrides.clone() })
}

fn number(item: &Item) -> Option<Integer> {
    let value = item.as_i64()?;
    Some(Integer { at: item.at.clone(), value, overrides: item.overrides.clone() })
}
