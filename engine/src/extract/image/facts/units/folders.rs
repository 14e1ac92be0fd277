//! The folders of units, and what stands in them.
//!
//! Owns the order of the folders and which links are masks. `/run` is not among them, for a node gets
//! nothing of it from an image; `/etc/systemd/system` comes before `/usr/lib/systemd/system`.

use std::collections::BTreeMap;

use rollgate_facts::FileKind;

use crate::extract::image::facts::reader::{Reader, name};
use crate::extract::image::{Tree, TreeEntry};

/// The folders, the strongest first (systemd.unit(5), "Unit File Load Path").
pub(super) const ROOTS: &[&str] = &[
    "/etc/systemd/system.control",
    "/etc/systemd/system",
    "/etc/systemd/system.attached",
    "/usr/local/lib/systemd/system",
    "/usr/lib/systemd/system",
];

/// How the names of units end.
const KINDS: &[&str] = &[
    "service",
    "socket",
    "device",
    "mount",
    "automount",
    "swap",
    "target",
    "path",
    "timer",
    "slice",
    "scope",
];

/// Kinds of which a unit without a file is never there: the others are made by the kernel, by
/// `fstab`, or when something needs them.
const WITH_FILE: &[&str] = &["service", "socket", "target", "path", "timer"];

/// What stands in the folders of units.
#[derive(Debug, Default)]
pub(super) struct Folders<'a> {
    /// The file or link that has effect, by the name of the unit.
    pub(super) units: BTreeMap<&'a str, &'a TreeEntry>,
    /// The links in `<unit>.wants` and its like.
    pub(super) wanted: Vec<&'a TreeEntry>,
}

impl<'a> Folders<'a> {
    pub(super) fn of(reader: &Reader<'a>) -> Self {
        let mut folders = Self::default();
        for root in ROOTS {
            for entry in reader.children(root) {
                let name = name(&entry.path);
                if entry.kind == FileKind::Directory {
                    if [".wants", ".requires", ".upholds"].iter().any(|it| name.ends_with(it)) {
                        folders.wanted.extend(wants(reader, entry));
                    }
                } else if is_unit(name) {
                    folders.units.entry(name).or_insert(entry);
                }
            }
        }
        folders
    }

    /// The file that an entry leads to; where a link leads to another unit by name, that unit's, as
    /// far as its path is not there.
    pub(super) fn led_to(&self, tree: &'a Tree, entry: &'a TreeEntry) -> Option<&'a TreeEntry> {
        let file = |entry: &&TreeEntry| entry.kind != FileKind::Directory;
        tree.resolve(&entry.path).filter(file).or_else(|| {
            let other = name(entry.target.as_deref()?);
            let other = self.units.get(other).filter(|other| other.path != entry.path)?;
            tree.resolve(&other.path).filter(file)
        })
    }

    /// The links that give a unit another name: that name, and the unit's own.
    pub(super) fn aliases<'s>(
        &'s self,
        tree: &'a Tree,
    ) -> impl Iterator<Item = (&'a str, String)> + use<'s, 'a> {
        let links = self.units.iter().filter(|(_, it)| it.kind == FileKind::Link && !is_null(it));
        links.filter_map(move |(alias, entry)| {
            let own = name(&self.led_to(tree, entry)?.path).to_owned();
            (own != **alias).then_some((*alias, own))
        })
    }
}

/// The links of a folder that bear names of units; systemd passes over files there.
fn wants<'a>(
    reader: &Reader<'a>,
    folder: &TreeEntry,
) -> impl Iterator<Item = &'a TreeEntry> + use<'a> {
    let links = reader.children(&folder.path).filter(|entry| entry.kind == FileKind::Link);
    links.filter(|entry| is_unit(name(&entry.path)))
}

/// Whether the entry is a link to `/dev/null`, which masks.
pub(super) fn is_null(entry: &TreeEntry) -> bool {
    let Some(target) = entry.target.as_deref().filter(|_| entry.kind == FileKind::Link) else {
        return false;
    };
    let climbs = target.strip_suffix("dev/null");
    climbs.is_some_and(|before| {
        before == "/" || (before.contains("../") && before.trim_start_matches("../").is_empty())
    })
}

/// Whether a name is one of a unit.
pub(super) fn is_unit(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, kind)| !stem.is_empty() && KINDS.contains(&kind))
}

/// Whether a unit of this name has to have a file.
pub(super) fn needs_file(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, kind)| WITH_FILE.contains(&kind))
}

/// The template of an instance: `getty@.service` of `getty@tty1.service`.
pub(super) fn template(name: &str) -> Option<String> {
    let (stem, kind) = name.rsplit_once('.')?;
    let (stem, instance) = stem.split_once('@')?;
    (!instance.is_empty()).then(|| format!("{stem}@.{kind}"))
}

#[cfg(test)]
mod tests {
    use super::{is_unit, needs_file, template};

    #[test]
    fn names_of_units_are_told() {
        assert!(is_unit("a.service") && !is_unit(".service") && !is_unit("a.conf"));
        assert!(needs_file("a.timer") && !needs_file("-.mount"));
        assert_eq!(template("getty@tty1.service").as_deref(), Some("getty@.service"));
        assert_eq!(template("getty@.service"), None);
        assert_eq!(template("a.service"), None);
    }
}
