//! Checks of spec 2.2 where it differs from spec 3 (coreos/ignition v0.35 `config/v2_2/types`).
//!
//! 2.2 takes paths that are not in their simplest form, and entries that stand twice. Partitions are
//! not checked here: none of 2.2 can be converted to spec 3.

use rollgate_facts::ProblemKind;

use super::Checks;
use super::devices::{check_label, check_level};
use super::files::check_mode;
use super::resources::check_source;
use super::units::check_contents;
use crate::extract::ignition::{Item, Object, Value, path};

/// A file, directory or link: an absolute path on a named filesystem.
pub(in super::super) fn check_node(checks: &mut Checks, node: &Item) {
    let path = node.text("path");
    if node.text("filesystem").is_empty() {
        let text = format!("`{path}` names no filesystem; Ignition 2.2 wants `filesystem: root`");
        checks.report(ProblemKind::InvalidPath, node.at_of("filesystem"), text);
    }
    if !path.starts_with('/') {
        let text = format!("path `{path}` is not absolute");
        checks.report(ProblemKind::InvalidPath, node.at_of("path"), text);
    }
    check_mode(checks, node);
}

/// A file: either appended to or overwritten, not both.
pub(in super::super) fn check_file(checks: &mut Checks, file: &Item) {
    check_node(checks, file);
    let is_set = |name| file.boolean(name) == Some(true);
    if is_set("append") && is_set("overwrite") {
        let text = format!("`{}` is both appended to and overwritten", file.text("path"));
        checks.report(ProblemKind::OverwriteWithoutSource, file.at_of("overwrite"), text);
    }
}

/// Contents, a config reference or a certificate authority.
pub(in super::super) fn check_contents_source(checks: &mut Checks, contents: &Item) {
    let compression = contents.text("compression");
    if !matches!(compression, "" | "gzip") {
        let text = format!("compression `{compression}` is neither `gzip` nor empty");
        checks.report(ProblemKind::InvalidCompression, contents.at_of("compression"), text);
    }
    check_source(checks, contents);
}

/// A filesystem: mounted somewhere or found at a path.
pub(in super::super) fn check_filesystem(checks: &mut Checks, filesystem: &Item) {
    let name = filesystem.text("name");
    let text = match (filesystem.get("mount"), filesystem.get("path")) {
        (None, None) => format!("filesystem `{name}` has neither `mount` nor `path`"),
        (Some(_), Some(_)) => format!("filesystem `{name}` has both `mount` and `path`"),
        (None, Some(path)) if !path.as_str().is_some_and(|path| path.starts_with('/')) => {
            format!("the path of filesystem `{name}` is not absolute")
        }
        _ => return,
    };
    checks.report(ProblemKind::InvalidStorage, &filesystem.at, text);
}

/// A mount: a device, a known format, a label that fits it, one way to make it.
pub(in super::super) fn check_mount(checks: &mut Checks, mount: &Item) {
    let format = mount.text("format");
    if !matches!(format, "ext4" | "btrfs" | "xfs" | "swap" | "vfat") {
        let text = format!("Ignition 2.2 makes no filesystem of format `{format}`");
        checks.report(ProblemKind::InvalidStorage, mount.at_of("format"), text);
    }
    if !mount.text("device").starts_with('/') {
        let text = format!("device `{}` is not an absolute path", mount.text("device"));
        checks.report(ProblemKind::InvalidStorage, mount.at_of("device"), text);
    }
    check_label(checks, format, mount);
    let wipes = mount.boolean("wipeFilesystem") == Some(true);
    if mount.get("create").is_some() && (wipes || !mount.list("options").is_empty()) {
        let text = "`create` stands beside `wipeFilesystem` or `options`, which replace it";
        checks.report(ProblemKind::InvalidStorage, mount.at_of("create"), text);
    }
}

/// A disk: an absolute device.
pub(in super::super) fn check_disk(checks: &mut Checks, disk: &Item) {
    if !disk.text("device").starts_with('/') {
        let text = format!("device `{}` is not an absolute path", disk.text("device"));
        checks.report(ProblemKind::InvalidStorage, disk.at_of("device"), text);
    }
}

/// A RAID array: a known level, and absolute devices.
pub(in super::super) fn check_raid(checks: &mut Checks, raid: &Item) {
    check_level(checks, raid);
    for device in raid.list("devices") {
        let path = device.as_str().unwrap_or_default();
        if !path.starts_with('/') {
            let text = format!("device `{path}` is not an absolute path");
            checks.report(ProblemKind::InvalidStorage, &device.at, text);
        }
    }
}

/// A user: the deprecated `create` takes the place of the fields beside it.
pub(in super::super) fn check_user(checks: &mut Checks, user: &Item) {
    let Some(create) = user.get("create") else { return };
    for name in user.as_object().into_iter().flat_map(Object::iter).filter_map(is_set_beside) {
        let text = format!("`create` and `{name}` of a user are both set");
        checks.report(ProblemKind::InvalidUser, &create.at, text);
    }
}

/// The name of a field, where it is set and `create` has one of the same meaning.
fn is_set_beside((name, item): (&'static str, &Item)) -> Option<&'static str> {
    let is_set = match &item.value {
        Value::Boolean(value) => *value,
        Value::Integer(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::List(items) => !items.is_empty(),
        Value::Object(_) => false,
    };
    let own = ["name", "passwordHash", "sshAuthorizedKeys"];
    (is_set && !own.contains(&name)).then_some(name)
}

/// A unit of networkd: its type and its text.
pub(in super::super) fn check_networkd_unit(checks: &mut Checks, unit: &Item) {
    let name = unit.text("name");
    if !matches!(path::extension(name), ".link" | ".netdev" | ".network") {
        let text = format!("`{name}` is no name of a networkd unit");
        checks.report(ProblemKind::InvalidUnitName, unit.at_of("name"), text);
    }
    check_contents(checks, unit);
}
