//! Drop-ins of units.
//!
//! Owns which folders are a unit's, and which of several drop-ins of one name has effect
//! (systemd.unit(5); systemd `src/shared/dropin.c`): of `a-b.service`, `a-b.service.d` and
//! `a-.service.d` of the strongest root, then of the next, and last `service.d` of all.

use std::collections::BTreeMap;

use rollgate_facts::{FileKind, Locator};

use super::folders::{ROOTS, is_null, template};
use crate::extract::image::TreeEntry;
use crate::extract::image::facts::reader::{Reader, name};

/// The drop-ins by the name of their folder, for each root.
#[derive(Debug)]
pub(super) struct DropIns<'a> {
    roots: Vec<BTreeMap<&'a str, Vec<&'a TreeEntry>>>,
}

impl<'a> DropIns<'a> {
    pub(super) fn of(reader: &Reader<'a>) -> Self {
        let folders = |root: &&str| {
            let folders = reader
                .children(root)
                .filter(|entry| entry.kind == FileKind::Directory && entry.path.ends_with(".d"));
            let with_files = |folder: &'a TreeEntry| {
                let files = reader.children(&folder.path);
                let files =
                    files.filter(|it| it.kind != FileKind::Directory && it.path.ends_with(".conf"));
                (name(&folder.path), files.collect())
            };
            folders.map(with_files).collect()
        };
        Self { roots: ROOTS.iter().map(folders).collect() }
    }

    /// Where the drop-ins of a unit stand, in the order in which they have effect, and whether all of
    /// them come from the base.
    pub(super) fn of_unit(&self, reader: &Reader<'a>, unit: &str) -> (Vec<Locator>, bool) {
        let own = folders(unit);
        let kind = unit.rsplit_once('.').map(|(_, kind)| format!("{kind}.d"));
        let of_own = self.roots.iter().flat_map(|root| own.iter().filter_map(|it| root.get(&**it)));
        let of_kind = self.roots.iter().filter_map(|root| root.get(&**kind.as_ref()?));
        let mut chosen: BTreeMap<&str, &TreeEntry> = BTreeMap::new();
        for entry in of_own.chain(of_kind).flatten() {
            chosen.entry(name(&entry.path)).or_insert(entry);
        }
        let in_base = chosen.values().all(|entry| reader.in_base(entry));
        let present = chosen.values().filter(|entry| !is_null(entry));
        (present.map(|entry| reader.image.entry(&entry.path)).collect(), in_base)
    }
}

/// The folders of a unit in one root, the strongest first: its own, its template's, and those of each
/// beginning of its name that ends with a dash.
fn folders(unit: &str) -> Vec<String> {
    let mut folders = Vec::new();
    for name in std::iter::once(unit.to_owned()).chain(template(unit)) {
        let Some((stem, kind)) = name.rsplit_once('.') else { continue };
        folders.push(format!("{name}.d"));
        let stem = stem.split('@').next().unwrap_or(stem);
        let dashes = stem.rmatch_indices('-').filter_map(|(end, _)| stem.get(..=end));
        let shorter = dashes.filter(|prefix| prefix.len() < stem.len());
        folders.extend(shorter.map(|prefix| format!("{prefix}.{kind}.d")));
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::folders;

    #[test]
    fn the_folders_of_a_unit_get_less_and_less_its_own() {
        assert_eq!(folders("a-b-c.service"), ["a-b-c.service.d", "a-b-.service.d", "a-.service.d"]);
        assert_eq!(folders("a@x.service"), ["a@x.service.d", "a@.service.d"]);
    }
}
