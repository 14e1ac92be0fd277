//! Reconciliation: what the operator refuses to change on running nodes.
//!
//! Follows `pkg/controller/common/reconcile.go`, `IsRenderedConfigReconcilable`; but where the
//! operator stops at the first change, all of them are told.

use rollgate_facts::{Change, Locator};

use crate::extract::ignition::{Config, Item};
use crate::extract::render::Rendered;

/// The one account that may change on a running node.
const CORE: &str = "core";

/// The file that makes the daemon apply a config by force; no config may write it.
const FORCE_FILE: &str = "/run/machine-config-daemon-force";

/// A section of the Ignition config that must stay as it is.
struct Section {
    path: &'static [&'static str],
    kind: &'static str,
    /// Its name in `MachineConfiguration.spec.irreconcilableValidationOverrides.storage`.
    override_name: Option<&'static str>,
}

const SECTIONS: &[Section] = &[
    Section { path: &["kernelArguments"], kind: "kernel_arguments", override_name: None },
    Section { path: &["storage", "disks"], kind: "disks", override_name: Some("Disks") },
    Section {
        path: &["storage", "filesystems"],
        kind: "filesystems",
        override_name: Some("FileSystems"),
    },
    Section { path: &["storage", "raid"], kind: "raid", override_name: Some("Raid") },
    Section { path: &["storage", "directories"], kind: "directories", override_name: None },
    Section { path: &["passwd", "groups"], kind: "groups", override_name: None },
];

/// What stands between the running config and the new one.
///
/// `overrides` are the names in `MachineConfiguration.spec.irreconcilableValidationOverrides`.
pub fn irreconcilable(
    pool: &Locator,
    old: &Rendered,
    new: &Rendered,
    overrides: &[String],
) -> Vec<Change> {
    let mut changes = Vec::new();
    if let Some(problem) = old.problems.first() {
        // The operator parses the running config first, and stops where it cannot.
        let text = format!("the running config cannot be read: {}", problem.text);
        changes.push(Change { kind: "unreadable".to_owned(), at: pool.clone(), text });
    }
    for section in SECTIONS {
        let overridden =
            section.override_name.is_some_and(|name| overrides.iter().any(|given| given == name));
        if !overridden {
            changes.extend(section_change(pool, section, &old.config, &new.config));
        }
    }
    changes.extend(link_change(&old.config, &new.config));
    changes.extend(user_change(&old.config, &new.config));
    changes.extend(file_changes(&new.config));
    changes.extend(fips_change(pool, old, new));
    changes.sort();
    changes.dedup();
    changes
}

/// How many SSH keys the one account has that may change on a running node.
pub fn core_ssh_keys(config: &Config) -> usize {
    let users = config.root.list_at(&["passwd", "users"]).iter();
    let core = users.filter(|user| user.text("name") == CORE);
    core.map(|user| user.list("sshAuthorizedKeys").len()).sum()
}

fn section_change(pool: &Locator, section: &Section, old: &Config, new: &Config) -> Option<Change> {
    let (old, new) = (old.root.path(section.path), new.root.path(section.path));
    if Item::same_or_absent(old, new) {
        return None;
    }
    let at = first_difference(old, new).or_else(|| new.map(|item| item.at.clone()));
    let at = at.unwrap_or_else(|| pool.clone());
    let name = section.path.join(".");
    let what = if new.is_some() { "is changed" } else { "is removed" };
    let text = format!("`{name}` {what}, which the operator refuses on running nodes");
    Some(Change { kind: section.kind.to_owned(), at, text })
}

/// Links may vanish, but not appear or change.
fn link_change(old: &Config, new: &Config) -> Option<Change> {
    let path = ["storage", "links"];
    let (old, new) = (old.root.path(&path), new.root.path(&path));
    if new.is_none_or(Item::is_empty) || Item::same_or_absent(old, new) {
        return None;
    }
    let at = first_difference(old, new).or_else(|| new.map(|item| item.at.clone()))?;
    let text = "links are added or changed, which the operator refuses on running nodes".to_owned();
    Some(Change { kind: "links".to_owned(), at, text })
}

/// Only the SSH keys and the password of `core` may change. Like the operator, this looks at every
/// name but verifies the fields of the last entry only.
fn user_change(old: &Config, new: &Config) -> Option<Change> {
    let path = ["passwd", "users"];
    let (old, new) = (old.root.path(&path), new.root.path(&path));
    if Item::same_or_absent(old, new) {
        return None;
    }
    let users = new.map(Item::items).unwrap_or_default();
    let refused = |at: &Locator, text: String| {
        Some(Change { kind: "users".to_owned(), at: at.clone(), text })
    };
    if let Some(user) = users.iter().find(|user| user.text("name") != CORE) {
        let name = user.text("name");
        let text = format!("user `{name}` is not `core`, the only one that running nodes accept");
        return refused(&user.at, text);
    }
    let user = users.last()?;
    if user.get("passwordHash").is_none() && user.get("sshAuthorizedKeys").is_none() {
        let text = "user `core` has neither SSH keys nor a password".to_owned();
        return refused(&user.at, text);
    }
    let allowed = ["name", "passwordHash", "sshAuthorizedKeys"];
    let (field, other) = user.as_object()?.iter().find(|(field, _)| !allowed.contains(field))?;
    let text = format!("`{field}` of user `core` cannot change on running nodes");
    refused(&other.at, text)
}

/// Appending is not idempotent, and the force file is the daemon's own; both are refused whatever
/// ran before.
fn file_changes(new: &Config) -> Vec<Change> {
    let mut changes = Vec::new();
    for file in new.root.list_at(&["storage", "files"]) {
        let path = file.text("path");
        if let Some(append) = file.get("append") {
            let text =
                format!("file `{path}` appends, which the operator refuses on running nodes");
            changes.push(Change { kind: "append".to_owned(), at: append.at.clone(), text });
        }
        if let Some(item) = file.get("path").filter(|_| path == FORCE_FILE) {
            let text = format!("`{FORCE_FILE}` cannot be written by a MachineConfig");
            changes.push(Change { kind: "force_file".to_owned(), at: item.at.clone(), text });
        }
    }
    changes
}

fn fips_change(pool: &Locator, old: &Rendered, new: &Rendered) -> Option<Change> {
    let on = |rendered: &Rendered| rendered.fips.as_ref().is_some_and(|fips| fips.value);
    if on(old) == on(new) {
        return None;
    }
    let at = new.fips.as_ref().map_or_else(|| pool.clone(), |fips| fips.at.clone());
    let (before, after) = (on(old), on(new));
    let text = format!("`fips` changes from {before} to {after}");
    Some(Change { kind: "fips".to_owned(), at, text })
}

/// The first item of the new list that stands elsewhere or otherwise in the old one.
fn first_difference(old: Option<&Item>, new: Option<&Item>) -> Option<Locator> {
    let old = old.map(Item::items).unwrap_or_default();
    let new = new.map(Item::items).unwrap_or_default();
    let differs = new
        .iter()
        .enumerate()
        .find(|(index, item)| !Item::same_or_absent(old.get(*index), Some(item)));
    differs.map(|(_, item)| item.at.clone())
}
