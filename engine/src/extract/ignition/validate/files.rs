//! Checks of files, directories and links (upstream `config.go`, `storage.go`, `node.go`, `file.go`,
//! `directory.go`, `mode.go`, `path.go`).

use std::collections::BTreeSet;

use rollgate_facts::{Locator, ProblemKind};

use super::Checks;
use crate::extract::ignition::{Item, path};

const SYSTEMD: &str = "/etc/systemd/system";

/// A config: nothing may stand where a unit or drop-in would be written.
pub(in super::super) fn check_config(checks: &mut Checks, config: &Item) {
    let written = unit_paths(config);
    for list in ["files", "directories", "links"] {
        for item in config.list_at(&["storage", list]) {
            let path = item.text("path");
            if written.contains(path) {
                let text = format!("`{path}` is also written as a systemd unit or drop-in");
                checks.report(ProblemKind::PathConflict, item.at_of("path"), text);
            }
        }
    }
}

fn unit_paths(config: &Item) -> BTreeSet<String> {
    let has_contents = |item: &&Item| !item.text("contents").is_empty();
    let mut paths = BTreeSet::new();
    for unit in config.list_at(&["systemd", "units"]) {
        let name = unit.text("name");
        if has_contents(&unit) {
            paths.insert(format!("{SYSTEMD}/{name}"));
        }
        let dropins = unit.list("dropins").iter().filter(has_contents);
        paths.extend(dropins.map(|dropin| format!("{SYSTEMD}/{name}.d/{}", dropin.text("name"))));
    }
    paths
}

/// `storage`: nothing may stand under a link of the same config, and links lead somewhere.
pub(in super::super) fn check_storage(checks: &mut Checks, storage: &Item) {
    let links: BTreeSet<&str> =
        storage.list("links").iter().map(|link| link.text("path")).collect();
    for list in ["directories", "files", "links"] {
        for item in storage.list(list) {
            let path = item.text("path");
            if let Some(link) = path::ancestors(path).find(|above| links.contains(above)) {
                let text = format!("`{path}` leads through the link `{link}` of the same config");
                checks.report(ProblemKind::InvalidPath, &item.at, text);
            }
        }
    }
    let directories = storage.list("directories").iter();
    let directories = directories.map(|directory| directory.text("path")).collect();
    for link in storage.list("links") {
        check_target(checks, link, &directories);
    }
}

fn check_target(checks: &mut Checks, link: &Item, directories: &BTreeSet<&str>) {
    let (path, target) = (link.text("path"), link.text("target"));
    if target.is_empty() && checks.since(3) {
        let text = format!("link `{path}` has no target");
        return checks.report(ProblemKind::InvalidPath, link.at_of("target"), text);
    }
    let clean = path::clean(target);
    let target = if clean.starts_with('/') { clean } else { path::join(path, target) };
    if link.boolean("hard") == Some(true) && directories.contains(target.as_str()) {
        let text = format!("`{path}` is a hard link to the directory `{target}`");
        checks.report(ProblemKind::InvalidPath, &link.at, text);
    }
}

/// A file: path, mode, and something to overwrite with.
pub(in super::super) fn check_file(checks: &mut Checks, file: &Item) {
    check_directory(checks, file);
    let has_source = file.path(&["contents", "source"]).is_some();
    if file.boolean("overwrite") == Some(true) && !has_source {
        let text = format!(
            "file `{}` is overwritten, but has no `contents.source` to write",
            file.text("path")
        );
        checks.report(ProblemKind::OverwriteWithoutSource, file.at_of("overwrite"), text);
    }
}

/// A directory: path and mode.
pub(in super::super) fn check_directory(checks: &mut Checks, directory: &Item) {
    check_link(checks, directory);
    check_mode(checks, directory);
}

/// A link: path.
pub(in super::super) fn check_link(checks: &mut Checks, link: &Item) {
    check_path(checks, ProblemKind::InvalidPath, link.text("path"), link.at_of("path"));
}

/// A mode that no file has.
pub(super) fn check_mode(checks: &mut Checks, node: &Item) {
    if let Some(mode) = node.integer("mode").filter(|mode| !(0..=0o7777).contains(mode)) {
        let text = format!("`{mode}` is no file mode: modes go from 0 to 4095 (octal 7777)");
        checks.report(ProblemKind::InvalidMode, node.at_of("mode"), text);
    }
}

/// A path that is not absolute, or not written in the simplest way.
pub(super) fn check_path(checks: &mut Checks, kind: ProblemKind, path: &str, at: &Locator) {
    let text = if path.is_empty() {
        "the path is empty".to_owned()
    } else if !path.starts_with('/') {
        format!("path `{path}` is not absolute")
    } else if path::clean(path) != path {
        format!("path `{path}` is not in its simplest form, `{}`", path::clean(path))
    } else {
        return;
    };
    checks.report(kind, at, text);
}

/// An owner or owning group: an id or a name.
pub(in super::super) fn check_owner(checks: &mut Checks, owner: &Item) {
    let name = owner.text("name");
    if let Some(id) = owner.integer("id").filter(|_| !name.is_empty()) {
        let text = format!("id `{id}` and name `{name}` are both set; Ignition takes only one");
        checks.report(ProblemKind::InvalidOwner, &owner.at, text);
    }
}
