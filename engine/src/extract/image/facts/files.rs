//! The files of an image, as policies ask for them.
//!
//! Owns what becomes of an entry when a node imports the image. Must not know which files are allowed.
//!
//! `/var/lib/a` → written at the first installation only.

use std::fmt::Write as _;

use rollgate_facts::{ImageFile, ImportFate, NamedSetting};

use super::ini::boolean;
use super::reader::Reader;
use super::tmpfiles::Made;
use crate::extract::image::TreeEntry;

/// The repository that an image of `rpm-ostree compose` comes in.
const REPOSITORY: &str = "/sysroot/ostree/repo";

/// Folders of which the entries are dropped on import, and they themselves are not.
const EMPTIED: &[&str] = &["boot", "dev", "proc", "run", "sys", "tmp"];

/// Top-level entries that a base has.
const TOP: &[&str] = &[
    "afs", "bin", "home", "lib", "lib32", "lib64", "libx32", "media", "mnt", "opt", "ostree",
    "root", "sbin", "srv", "sysroot",
];

/// The files that are there, then those that a later layer removed; objects of the repository are
/// left out, for each is there again by its name.
pub(super) fn files(reader: &Reader<'_>, made: &Made, fates: Fates) -> Vec<ImageFile> {
    let tree = reader.tree;
    let visible = |entry: &&TreeEntry| {
        !entry.path.strip_prefix(REPOSITORY).is_some_and(|rest| rest.starts_with('/'))
    };
    let present = tree.entries.iter().filter(visible).map(|entry| (entry, false));
    let removed = tree.removed.iter().filter(visible).map(|entry| (entry, true));
    let files = present.chain(removed).map(|(entry, removed)| ImageFile {
        removed,
        import: fates.of(&entry.path),
        in_tmpfiles: entry.path.starts_with("/var/").then(|| made.makes(&entry.path)),
        ..file(reader, entry)
    });
    files.collect()
}

fn file(reader: &Reader<'_>, entry: &TreeEntry) -> ImageFile {
    ImageFile {
        at: reader.image.entry(&entry.path),
        path: entry.path.to_string(),
        kind: entry.kind,
        mode: entry.mode,
        uid: entry.uid,
        gid: entry.gid,
        size: entry.size,
        target: entry.target.as_deref().map(str::to_owned),
        digest: entry.digest.as_ref().map(|digest| hex(digest)),
        capabilities: entry.capabilities.as_deref().map(hex),
        layer: entry.layer,
        in_base: reader.in_base(entry),
        removed: false,
        packages: None,
        modified: Vec::new(),
        import: ImportFate::Kept,
        in_tmpfiles: None,
    }
}

/// Bytes in lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What an import makes of entries.
///
/// Source: ostree-ext `tar/write.rs` (`normalize_validated_path`) and, for the root,
/// `ostree_prepareroot.rs`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fates {
    /// Whether top-level folders of one's own are kept, as on a root that composefs makes.
    own_folders: bool,
}

impl Fates {
    pub(super) fn of_root(settings: &[NamedSetting]) -> Self {
        let value = |name| settings.iter().rev().find(|it| it.name == name).map(|it| &*it.value);
        let composefs = value("composefs.enabled").is_some_and(|it| {
            matches!(it, "signed" | "verity" | "maybe") || boolean(it) == Some(true)
        });
        let transient = value("root.transient").and_then(boolean) == Some(true);
        Self { own_folders: composefs || transient }
    }

    fn of(self, path: &str) -> ImportFate {
        let path = path.trim_start_matches('/');
        let (top, rest) =
            path.split_once('/').map_or((path, None), |(top, rest)| (top, Some(rest)));
        match (top, rest) {
            ("usr", Some(rest)) if rest == "etc" || rest.starts_with("etc/") => ImportFate::Merged,
            ("usr", _) => ImportFate::Kept,
            ("etc", _) => ImportFate::Merged,
            ("var", _) => ImportFate::FirstInstallOnly,
            ("sysroot", Some(rest)) if rest == "ostree" || rest.starts_with("ostree/") => {
                ImportFate::Repository
            }
            ("sysroot", Some(_)) => ImportFate::Dropped,
            (top, Some(_)) if EMPTIED.contains(&top) => ImportFate::Dropped,
            (top, None) if EMPTIED.contains(&top) || TOP.contains(&top) => ImportFate::Kept,
            _ if self.own_folders => ImportFate::Kept,
            _ => ImportFate::Dropped,
        }
    }
}

#[cfg(test)]
mod tests {
    use rollgate_facts::{ImportFate, Locator, NamedSetting};

    use super::{Fates, files};
    use crate::extract::image::facts::reader::Reader;
    use crate::extract::image::facts::sample::Sample;
    use crate::extract::image::facts::tmpfiles::Made;

    #[test]
    fn an_import_keeps_usr_and_drops_what_is_nowhere_else() {
        let plain = Fates::of_root(&[]);
        let fates = [
            ("/usr/bin/a", ImportFate::Kept),
            ("/usr/etc/a", ImportFate::Merged),
            ("/etc", ImportFate::Merged),
            ("/var/lib/a", ImportFate::FirstInstallOnly),
            ("/run", ImportFate::Kept),
            ("/run/a", ImportFate::Dropped),
            ("/boot/vmlinuz", ImportFate::Dropped),
            ("/sysroot", ImportFate::Kept),
            ("/sysroot/ostree/repo", ImportFate::Repository),
            ("/opt", ImportFate::Kept),
            ("/opt/a", ImportFate::Dropped),
            ("/data", ImportFate::Dropped),
        ];
        for (path, fate) in fates {
            assert_eq!(plain.of(path), fate, "{path}");
        }
        let setting = NamedSetting {
            at: Locator::image("sha256:0"),
            name: "composefs.enabled".into(),
            value: "yes".into(),
        };
        assert_eq!(Fates::of_root(&[setting]).of("/opt/a"), ImportFate::Kept);
    }

    #[test]
    fn objects_are_left_out_and_what_was_removed_comes_last() {
        let tree = Sample::new()
            .file("/sysroot/ostree/repo/objects/00/a.file", "x")
            .file("/usr/bin/b", "x")
            .layer(2)
            .folder("/var/lib/c")
            .removed("/etc/a", "old", None)
            .tree();
        let at = Locator::image("sha256:0");
        let reader = Reader::new(&tree, &at, Some(1));
        let files = files(&reader, &Made::default(), Fates::of_root(&[]));
        let seen: Vec<_> = files
            .iter()
            .filter(|it| it.path.matches('/').count() > 1)
            .map(|it| (&*it.path, it.in_base, it.removed, it.in_tmpfiles))
            .collect();
        let expected = [
            ("/sysroot/ostree", true, false, None),
            ("/sysroot/ostree/repo", true, false, None),
            ("/usr/bin", true, false, None),
            ("/usr/bin/b", true, false, None),
            ("/var/lib", true, false, Some(false)),
            ("/var/lib/c", false, false, Some(false)),
            ("/etc/a", false, true, None),
        ];
        assert_eq!(seen, expected);
    }
}
