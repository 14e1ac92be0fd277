//! In what a file differs from what its package installed.
//!
//! Owns what is compared, which is what `rpm --verify` compares: by the kind of the file, by the flags
//! that its package gives it, and never the time. Contents of configuration files are not compared:
//! they are there to be changed, and `rpm` itself only notes them; their mode and owner are.
//!
//! Source: rpm `lib/verify.c` (`rpmVerifyFile`).

use rollgate_facts::{FileKind, Modification};

use super::super::{InstalledFile, TreeEntry};
use super::Packages;
use super::capabilities::Capabilities;

const CONFIGURATION: u32 = 1;
const GHOST: u32 = 64;
const SHA_256: u32 = 8;

/// The ids by which an image knows users and groups.
#[derive(Clone, Copy)]
pub struct Accounts<'a> {
    /// The id of a user.
    pub user: &'a dyn Fn(&str) -> Option<u64>,
    /// The id of a group.
    pub group: &'a dyn Fn(&str) -> Option<u64>,
}

impl std::fmt::Debug for Accounts<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Accounts").finish_non_exhaustive()
    }
}

impl Packages {
    /// The names of the packages that own an entry, sorted, and in what it differs from what they
    /// installed. Where several own it, it need only be as one of them has it.
    ///
    /// A digest is compared where the tree has one, and an owner where the image knows the name.
    pub fn verify(
        &self,
        entry: &TreeEntry,
        accounts: Accounts<'_>,
    ) -> (Vec<String>, Vec<Modification>) {
        let owners: Vec<_> = self.owners.at(&self.database, &entry.path).collect();
        let differences = owners.iter().map(|(_, file)| differences(file, entry, accounts));
        let least = differences.min_by_key(Vec::len).unwrap_or_default();
        let mut names: Vec<_> =
            owners.iter().map(|(owner, _)| owner.package.name.clone()).collect();
        names.sort_unstable();
        names.dedup();
        (names, least)
    }

    /// The names of the packages that own a path.
    pub fn owners_of<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a str> {
        self.owners.at(&self.database, path).map(|(owner, _)| owner.package.name.as_str())
    }
}

fn differences(
    file: &InstalledFile,
    entry: &TreeEntry,
    accounts: Accounts<'_>,
) -> Vec<Modification> {
    if file.replaced {
        return Vec::new();
    }
    let ghost = file.flags & GHOST != 0;
    let link = entry.kind == FileKind::Link;
    let regular = entry.kind == FileKind::File;
    let contents = !ghost && file.flags & CONFIGURATION == 0;
    let content = regular && contents && kind_of(file.mode) == Some(FileKind::File);
    let compared = [
        (1, content && digest_differs(file, entry), Modification::Digest),
        (2, content && file.size != entry.size, Modification::Size),
        (64, mode_differs(file, entry, ghost), Modification::Mode),
        (8, differs((accounts.user)(&file.user), entry.uid), Modification::Owner),
        (16, differs((accounts.group)(&file.group), entry.gid), Modification::Owner),
        (4, link && contents && target_differs(file, entry), Modification::Target),
        (256, regular && capabilities_differ(file, entry), Modification::Capabilities),
    ];
    let found =
        compared.into_iter().filter(|(flag, differs, _)| file.compared & flag != 0 && *differs);
    let mut found: Vec<Modification> = found.map(|(_, _, modification)| modification).collect();
    found.dedup();
    found
}

/// Only digests by SHA-256 are known of a tree, which is what all releases of RHEL since 6 record.
fn digest_differs(file: &InstalledFile, entry: &TreeEntry) -> bool {
    let comparable = file.digest_algorithm == SHA_256 && !file.digest.is_empty();
    entry.digest.filter(|_| comparable).is_some_and(|digest| {
        let hex = digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
            hex.extend(
                [byte >> 4, byte & 0xf]
                    .map(|digit| char::from_digit(u32::from(digit), 16).unwrap_or_default()),
            );
            hex
        });
        !file.digest.eq_ignore_ascii_case(&hex)
    })
}

fn mode_differs(file: &InstalledFile, entry: &TreeEntry, ghost: bool) -> bool {
    let kind = kind_of(file.mode);
    let other_kind = kind != Some(entry.kind);
    // The mode of a link says nothing, and that a ghost is of another kind neither.
    let permissions = entry.kind != FileKind::Link && file.mode & 0o7777 != entry.mode & 0o7777;
    (other_kind && !ghost) || (permissions && (ghost || !other_kind))
}

fn target_differs(file: &InstalledFile, entry: &TreeEntry) -> bool {
    kind_of(file.mode) == Some(FileKind::Link) && entry.target.as_deref() != Some(&*file.target)
}

fn differs(expected: Option<u64>, found: u64) -> bool {
    expected.is_some_and(|expected| expected != found)
}

fn capabilities_differ(file: &InstalledFile, entry: &TreeEntry) -> bool {
    let expected = Capabilities::of_text(&file.capabilities);
    let found = entry
        .capabilities
        .as_deref()
        .map_or(Some(Capabilities::default()), |attribute| Capabilities::of_attribute(attribute));
    expected.is_none() || expected != found
}

/// The kind that a mode names (`S_IFMT` of inode(7)).
const fn kind_of(mode: u32) -> Option<FileKind> {
    match mode & 0o170_000 {
        0o100_000 => Some(FileKind::File),
        0o040_000 => Some(FileKind::Directory),
        0o120_000 => Some(FileKind::Link),
        0o010_000 | 0o020_000 | 0o060_000 | 0o140_000 => Some(FileKind::Special),
        _ => None,
    }
}
